package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.page.Look;

/** How walks and marks are drawn on a paper; places in pixels. */
record Ink(Paper paper) {
  private static final double WIDTH = 2;
  private static final double HALO = 4.6;

  /** How much of what is below a walk's edge gives way to paper. */
  static final double EDGE = 0.8;

  private static final double DOT = 3.8;
  private static final double MARKER = 11;
  private static final double THINNED = 0.1;
  private static final double APART = 0.3;
  private static final double FAINT = 0.3;

  String colour(Look look) {
    return paper.dark() ? look.dark() : look.light();
  }

  /** A walk's line, set off from what is below. */
  List<Figure> line(Look look, List<List<double[]>> pieces) {
    List<Polyline> lines = lines(pieces);
    return List.of(
        new Figure.Path(lines, null, Figure.Pen.of(paper.paper(), HALO), EDGE),
        new Figure.Path(lines, null, pen(look), 1));
  }

  /** The same where something lies before it. */
  Figure hidden(Look look, List<List<double[]>> pieces) {
    return new Figure.Path(lines(pieces), null, pen(look), FAINT);
  }

  /** A dot at every place of a walk. */
  Figure dots(Look look, List<double[]> places) {
    List<Polyline> dots =
        places.stream().map(place -> new Polyline(List.of(place, place), false)).toList();
    return new Figure.Path(dots, null, Figure.Pen.of(colour(look), DOT), 1);
  }

  /** Where a walk is. */
  Figure marker(Look look, double[] at) {
    return new Figure.Path(
        Marker.at(look.marker(), at[0], at[1], MARKER),
        colour(look),
        Figure.Pen.of(paper.paper(), 1.2),
        1);
  }

  /** Where a walk ends: its marker, or an arrowhead if it left there. */
  Figure end(Look look, List<double[]> piece, boolean left) {
    double[] last = piece.getLast();
    if (!left) {
      return marker(look, last);
    }
    double[] before = piece.getFirst();
    for (double[] point : piece) {
      before = Math.hypot(point[0] - last[0], point[1] - last[1]) > 1 ? point : before;
    }
    return exit(look, before, last);
  }

  /** An arrowhead that points on, from the place before. */
  Figure exit(Look look, double[] before, double[] at) {
    double angle = Math.atan2(at[1] - before[1], at[0] - before[0]);
    List<double[]> corners = new ArrayList<>();
    for (double[] corner : new double[][] {{9, 0}, {-4, 6.5}, {-4, -6.5}}) {
      corners.add(
          new double[] {
            at[0] + corner[0] * Math.cos(angle) - corner[1] * Math.sin(angle),
            at[1] + corner[0] * Math.sin(angle) + corner[1] * Math.cos(angle)
          });
    }
    return new Figure.Path(
        List.of(new Polyline(corners, true)), colour(look), Figure.Pen.of(paper.ink(), 1.2), 1);
  }

  /** Where all walks start. */
  List<Figure> start(double[] at) {
    return List.of(
        new Figure.Path(
            Marker.circle(at[0], at[1], 5.5), paper.card(), Figure.Pen.of(paper.ink(), 2), 1));
  }

  /** A global minimum, faint where something lies before it. */
  List<Figure> minimum(double[] at, boolean hidden) {
    List<Polyline> cross = List.of(stroke(at, -5, -5, 5, 5), stroke(at, -5, 5, 5, -5));
    return List.of(
        new Figure.Path(cross, null, Figure.Pen.of(paper.card(), 5), hidden ? FAINT : 1),
        new Figure.Path(cross, null, Figure.Pen.of(paper.ink(), 2.2), hidden ? FAINT : 1));
  }

  private Figure.Pen pen(Look look) {
    return new Figure.Pen(colour(look), WIDTH, look.dash());
  }

  private static List<Polyline> lines(List<List<double[]>> pieces) {
    return pieces.stream()
        .map(piece -> piece.size() == 1 ? List.of(piece.getFirst(), piece.getFirst()) : piece)
        .map(piece -> Thinned.apart(piece, APART))
        .map(piece -> Thinned.of(new Polyline(piece, false), THINNED))
        .toList();
  }

  private static Polyline stroke(double[] at, double x1, double y1, double x2, double y2) {
    return new Polyline(
        List.of(new double[] {at[0] + x1, at[1] + y1}, new double[] {at[0] + x2, at[1] + y2}),
        false);
  }
}
