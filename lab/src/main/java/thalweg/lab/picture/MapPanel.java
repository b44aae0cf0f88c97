package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Look;
import thalweg.lab.surface.Box;
import thalweg.lab.trace.Walk;

/** The surface from above: bands of height, what the bands mean, and the walks. */
record MapPanel(Scene scene, Plane plane) implements Terrain {
  private static final double THINNED = 0.15;

  /** Closed lines no larger than this many pixels are dirt to the eye. */
  private static final double CRUMB = 1.5;

  private static final double BAR = 12;
  private static final double GAP = 14;

  /** Pixels beside the plane for numbers on the left, and for the bar of heights on the right. */
  static final double BEFORE = 62;

  static final double AFTER = GAP + BAR + 58;

  /**
   * A map with its upper left corner at a place.
   *
   * @param height of the plane in pixels; its width follows the box where that is not too long
   */
  static MapPanel of(Scene scene, List<String> names, double left, double top, double height) {
    Box box = scene.grid().box();
    double across = box.high().get(0) - box.low().get(0);
    double up = box.high().get(1) - box.low().get(1);
    double width = height * Math.clamp(across / up, 0.75, 1.5);
    return new MapPanel(
        scene,
        new Plane(
            Axis.linear(names.get(0), box.low().get(0), box.high().get(0)),
            Axis.linear(names.get(1), box.low().get(1), box.high().get(1)),
            left + BEFORE,
            top,
            width,
            height));
  }

  double width() {
    return BEFORE + plane.width() + AFTER;
  }

  @Override
  public List<Figure> ground() {
    Paper paper = scene.paper();
    List<Figure> figures = new ArrayList<>();
    figures.add(plane.frame(paper.card(), null));
    bands(figures);
    figures.addAll(plane.axes(paper));
    bar(figures);
    return figures;
  }

  /** Each over the one below: what is at least as high as its level. */
  private void bands(List<Figure> figures) {
    HeightScale scale = scene.scale();
    // The first lies below every height, yet above what is not finite.
    List<Double> levels = new ArrayList<>(List.of(-Double.MAX_VALUE));
    levels.addAll(scale.levels(HeightScale.LEVELS));
    List<Contour> contours = Contours.above(scene.grid().z(), scene.grid().box(), levels);
    for (int k = 0; k < contours.size(); k++) {
      List<Polyline> lines =
          contours.get(k).lines().stream()
              .map(line -> new Polyline(line.points().stream().map(plane::place).toList(), true))
              .map(line -> Thinned.of(line, THINNED))
              .filter(line -> line.points().size() > 2 && !line.isCrumb(CRUMB))
              .toList();
      double share = share(k);
      Figure.Pen pen = k == 0 ? null : Figure.Pen.of(scene.paper().contour(share), 0.6);
      figures.add(new Figure.Path(lines, scene.paper().height(share), pen, 1));
    }
  }

  /** The middle of band k, counted from the lowest. */
  private static double share(int k) {
    return (k + 0.5) / (HeightScale.LEVELS + 1);
  }

  private void bar(List<Figure> figures) {
    HeightScale scale = scene.scale();
    if (scale.low() == scale.high()) {
      return;
    }
    Paper paper = scene.paper();
    double left = plane.right() + GAP;
    double band = plane.height() / (HeightScale.LEVELS + 1);
    for (int k = 0; k <= HeightScale.LEVELS; k++) {
      figures.add(
          new Figure.Path(
              List.of(Plane.rectangle(left, plane.bottom() - (k + 1) * band, BAR, band)),
              paper.height(share(k)),
              Figure.Pen.of(paper.contour(share(k)), 0.6),
              1));
    }
    Figure.Letters letters = Figure.Letters.of(12, paper.soft());
    for (int quarter = 0; quarter <= 4; quarter++) {
      double y = plane.bottom() - plane.height() * quarter / 4;
      figures.add(Plane.line(Figure.Pen.of(paper.soft(), 1), left + BAR, y, left + BAR + 4, y));
      figures.add(
          new Figure.Text(
              scale.text(quarter / 4.0), left + BAR + 7, y + 4, letters, Figure.Anchor.START));
    }
    figures.add(
        new Figure.Text("f", left + BAR / 2, plane.bottom() + 18, letters, Figure.Anchor.MIDDLE));
  }

  @Override
  public double[] seenAt(double[] place) {
    return plane.place(place);
  }

  @Override
  public boolean hides(double[] place) {
    return false;
  }

  @Override
  public double @Nullable [] end(Route route) {
    double[] last = route.last();
    return last == null ? null : plane.place(last);
  }

  @Override
  public void line(Layers layers, Look look, Walk walk, Route route, int step) {
    List<List<double[]>> pieces =
        route.pieces().stream().map(piece -> piece.stream().map(plane::place).toList()).toList();
    Ink ink = scene.ink();
    layers.line(ink.edge(pieces), ink.line(look, pieces));
    if (scene.dotted()) {
      layers.more(ink.dots(look, scene.inside(walk, step).map(plane::place).toList()));
    }
  }
}
