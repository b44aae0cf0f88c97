package thalweg.lab.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Look;

/**
 * How walks and marks are drawn on a paper; places in pixels.
 *
 * @param crowded whether there are so many walks that what sets one off covers others
 */
record Ink(Paper paper, boolean crowded) {
  private static final double WIDTH = 2;
  private static final double HALO = 4.6;

  /** How much of what is below a walk's edge gives way to paper. */
  static final double EDGE = 0.8;

  private static final double DOT = 3.8;
  private static final double MARKER = 11;

  /** In a square of 24, as markers. */
  private static final String STAR = "M12 0L15 8.5H24L17 14L19.5 23L12 17.7L4.5 23L7 14L0 8.5H9Z";

  private static final double STAR_SIZE = 17;
  private static final double THINNED = 0.1;
  private static final double APART = 0.3;
  private static final double FAINT = 0.3;

  String colour(Look look) {
    return paper.dark() ? look.dark() : look.light();
  }

  /** What sets a walk's line off from what is below. */
  Figure edge(List<List<double[]>> pieces) {
    return new Figure.Path(lines(pieces), null, Figure.Pen.of(paper.paper(), HALO), EDGE);
  }

  /** A walk's line. */
  Figure line(Look look, List<List<double[]>> pieces) {
    return new Figure.Path(lines(pieces), null, pen(look), 1);
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
        Figure.Pen.of(paper.paper(), crowded ? 0.4 : 1.2),
        1);
  }

  /** Where a walk is at last. */
  List<Figure> head(Look look, double[] at, Head head) {
    return switch (head) {
      case INSIDE -> List.of(marker(look, at));
      case OUTSIDE ->
          List.of(
              new Figure.Path(
                  Marker.circle(at[0], at[1], 4), paper.card(), Figure.Pen.of(colour(look), 2), 1));
      case LEFT -> outlined(look, cross(at), null);
      case UNDEFINED ->
          outlined(look, List.of(Plane.rectangle(at[0] - 4.5, at[1] - 4.5, 9, 9)), paper.card());
    };
  }

  private List<Figure> outlined(Look look, List<Polyline> lines, @Nullable String fill) {
    return List.of(
        new Figure.Path(lines, fill, Figure.Pen.of(paper.card(), 5), 1),
        new Figure.Path(lines, null, Figure.Pen.of(colour(look), 2.6), 1));
  }

  private static List<Polyline> cross(double[] at) {
    return List.of(stroke(at, -5, -5, 5, 5), stroke(at, -5, 5, 5, -5));
  }

  /** Where all walks start. */
  List<Figure> start(double[] at) {
    return List.of(
        new Figure.Path(
            Marker.circle(at[0], at[1], 5.5), paper.card(), Figure.Pen.of(paper.ink(), 2), 1));
  }

  /** A minimum, faint where something lies before it: a star, filled if none is lower. */
  List<Figure> minimum(double[] at, boolean global, boolean hidden) {
    List<Polyline> star = Marker.at(STAR, at[0], at[1], STAR_SIZE);
    double opacity = hidden ? FAINT : 1;
    return List.of(
        new Figure.Path(star, null, Figure.Pen.of(paper.card(), global ? 2.8 : 3.4), opacity),
        new Figure.Path(
            star,
            global ? paper.ink() : paper.card(),
            global ? null : Figure.Pen.of(paper.ink(), 1.6),
            opacity));
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
