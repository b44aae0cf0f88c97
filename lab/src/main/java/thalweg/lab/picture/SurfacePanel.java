package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Look;
import thalweg.lab.surface.Box;
import thalweg.lab.trace.Walk;

/**
 * The surface seen from the side, the walks lying on it; what of them is behind a hill is faint. Of
 * several sides the first from which most of the walks can be seen.
 */
record SurfacePanel(Scene scene, SurfaceHeights heights, Eye eye, List<String> names)
    implements Terrain {
  /** Cells a side. */
  private static final int CELLS = 50;

  private static final List<Integer> AZIMUTHS = List.of(30, -30, -60, 60, 120, -120, 150, -150);
  private static final double ENOUGH = 0.75;

  private static final double WIDE = 1.42;
  private static final double MARGIN = 16;

  /** Pixels for the numbers of heights. */
  private static final double NUMBERS = 38;

  /** Points between two places of a walk are at most this far apart, in sides of the base. */
  private static final double STRIDE = 0.008;

  static SurfacePanel of(Scene scene, List<String> names, double left, double top, double height) {
    var heights = SurfaceHeights.of(scene.grid(), scene.scale(), CELLS);
    double zoom = zoom(height);
    double x = left + MARGIN + NUMBERS + zoom * WIDE / 2;
    double y = top + 0.6 * height;
    List<Eye> eyes =
        AZIMUTHS.stream()
            .map(degrees -> new Eye(scene.grid().box(), Math.toRadians(degrees), zoom, x, y))
            .toList();
    Eye best =
        eyes.stream()
            .filter(eye -> seen(scene, heights, eye) >= ENOUGH)
            .findFirst()
            .orElseGet(() ->
                Collections.max(
                    eyes, Comparator.comparingDouble(eye -> seen(scene, heights, eye))));
    return new SurfacePanel(scene, heights, best, names);
  }

  private static double zoom(double height) {
    return height / 1.45;
  }

  static double width(double height) {
    return 2 * MARGIN + NUMBERS + zoom(height) * WIDE;
  }

  /** Which share of the walks lies before everything else. */
  private static double seen(Scene scene, SurfaceHeights heights, Eye eye) {
    int all = 1;
    int seen = 0;
    for (Walk walk : scene.trace().walks()) {
      for (List<double[]> piece : scene.route(walk, walk.steps()).pieces()) {
        int every = Math.max(1, piece.size() / 200);
        for (int i = 0; i < piece.size(); i += every) {
          all++;
          seen += eye.hides(heights, piece.get(i)[0], piece.get(i)[1]) ? 0 : 1;
        }
      }
    }
    return (double) seen / all;
  }

  @Override
  public List<Figure> ground() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(new Floor(scene, eye, names).figures());
    cells().stream()
        .sorted(Comparator.comparingDouble(Cell::distance).reversed())
        .forEach(cell -> figures.add(cell.figure()));
    return figures;
  }

  private record Cell(double distance, Figure figure) {}

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        double[][] corners = {
          node(column, row), node(column + 1, row), node(column + 1, row + 1), node(column, row + 1)
        };
        double[] shares = new double[4];
        List<double[]> outline = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          shares[i] = heights.share(corners[i][0], corners[i][1]);
          outline.add(eye.place(corners[i][0], corners[i][1], shares[i]));
        }
        double mean = (shares[0] + shares[1] + shares[2] + shares[3]) / 4;
        if (!Double.isNaN(mean)) {
          double distance =
              eye.distance(
                  (corners[0][0] + corners[2][0]) / 2, (corners[0][1] + corners[2][1]) / 2);
          cells.add(new Cell(distance, cell(outline, mean, light(shares))));
        }
      }
    }
    return cells;
  }

  private double[] node(int column, int row) {
    Box box = scene.grid().box();
    return new double[] {
      SurfaceGrid.node(box, 0, column, CELLS + 1), SurfaceGrid.node(box, 1, row, CELLS + 1)
    };
  }

  /** From −1 to 1: how far a cell is turned to the light, which comes from the eye's left. */
  private double light(double[] shares) {
    double slopeU = (shares[1] + shares[2] - shares[0] - shares[3]) / 2 * CELLS * Eye.HEIGHT;
    double slopeV = (shares[2] + shares[3] - shares[0] - shares[1]) / 2 * CELLS * Eye.HEIGHT;
    double angle = eye.azimuth() - Math.toRadians(50);
    double toward = slopeU * -Math.sin(angle) + slopeV * Math.cos(angle);
    return toward / Math.sqrt(1 + slopeU * slopeU + slopeV * slopeV);
  }

  private Figure cell(List<double[]> outline, double share, double light) {
    Paper paper = scene.paper();
    Colour colour =
        Colour.of(paper.height(share))
            .mixed(
                light > 0 ? new Colour(255, 255, 255) : new Colour(0, 0, 0),
                Math.abs(light) * (paper.dark() ? 0.14 : 0.22));
    Colour edge = colour.mixed(Colour.of(paper.ink()), 0.1);
    return new Figure.Path(
        List.of(new Polyline(outline, true)), colour.hex(), Figure.Pen.of(edge.hex(), 0.5), 1);
  }

  @Override
  public double @Nullable [] seenAt(double[] place) {
    double share = heights.share(place[0], place[1]);
    return Double.isNaN(share) ? null : eye.place(place[0], place[1], share);
  }

  @Override
  public boolean hides(double[] place) {
    return eye.hides(heights, place[0], place[1]);
  }

  /** The last of it that has a height: a walk may end where the surface does. */
  @Override
  public double @Nullable [] end(Route route) {
    if (route.pieces().isEmpty()) {
      return null;
    }
    for (double[] point : laid(route.pieces().getLast()).reversed()) {
      double[] at = seenAt(point);
      if (at != null) {
        return at;
      }
    }
    return null;
  }

  @Override
  public void line(Layers layers, Look look, Walk walk, Route route, int step) {
    List<List<double[]>> seen = new ArrayList<>();
    List<List<double[]>> hidden = new ArrayList<>();
    route.pieces().forEach(piece -> part(piece, seen, hidden));
    Ink ink = scene.ink();
    layers.more(ink.hidden(look, hidden));
    layers.line(ink.edge(seen), ink.line(look, seen));
  }

  /**
   * A piece of a walk laid on the surface, cut where it passes behind a hill, and broken where the
   * surface has no height.
   */
  private void part(List<double[]> piece, List<List<double[]>> seen, List<List<double[]>> hidden) {
    List<double[]> run = new ArrayList<>();
    boolean before = false;
    for (double[] point : laid(piece)) {
      double[] at = seenAt(point);
      boolean behind = hides(point);
      if (at == null || behind != before && run.isEmpty()) {
        ended(run, before ? hidden : seen);
        run = new ArrayList<>();
      }
      if (at != null) {
        run.add(at);
        if (behind != before && run.size() > 1) {
          ended(run, before ? hidden : seen);
          run = new ArrayList<>(List.of(at));
        }
        before = behind;
      }
    }
    ended(run, before ? hidden : seen);
  }

  private static void ended(List<double[]> run, List<List<double[]>> pieces) {
    if (!run.isEmpty()) {
      pieces.add(run);
    }
  }

  private List<double[]> laid(List<double[]> piece) {
    Box box = scene.grid().box();
    List<double[]> points = new ArrayList<>(List.of(piece.getFirst()));
    for (int i = 1; i < piece.size(); i++) {
      double[] a = piece.get(i - 1);
      double[] b = piece.get(i);
      double away =
          Math.hypot(
              (b[0] - a[0]) / (box.high().get(0) - box.low().get(0)),
              (b[1] - a[1]) / (box.high().get(1) - box.low().get(1)));
      int parts = Math.max(1, (int) Math.ceil(away / STRIDE));
      for (int k = 1; k <= parts; k++) {
        double share = (double) k / parts;
        points.add(new double[] {a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])});
      }
    }
    return points;
  }
}
