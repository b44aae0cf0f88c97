package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rectangle of a drawing with two axes.
 *
 * @param left in pixels, as are the others
 */
record Plane(Axis across, Axis up, double left, double top, double width, double height) {
  private static final double LETTERS = 12;
  private static final int TICKS = 6;

  double x(double value) {
    return left + width * across.share(value);
  }

  double y(double value) {
    return top + height * (1 - up.share(value));
  }

  /** Where a point of values lies. */
  double[] place(double[] point) {
    return new double[] {x(point[0]), y(point[1])};
  }

  double right() {
    return left + width;
  }

  double bottom() {
    return top + height;
  }

  /** Lines behind curves, at the ticks of the vertical axis. */
  List<Figure> lines(Paper paper) {
    List<Figure> figures = new ArrayList<>();
    for (Axis.Tick tick : up.ticks(TICKS)) {
      double y = y(tick.value());
      figures.add(line(Figure.Pen.of(paper.grid(), 1), left, y, right(), y));
    }
    return figures;
  }

  /** Frame, ticks, numbers and names. */
  List<Figure> axes(Paper paper) {
    List<Figure> figures = new ArrayList<>();
    figures.add(frame(null, Figure.Pen.of(paper.soft(), 1)));
    Figure.Pen pen = Figure.Pen.of(paper.soft(), 1);
    Figure.Letters numbers = Figure.Letters.of(LETTERS, paper.soft());
    double widest = 0;
    for (Axis.Tick tick : across.ticks(TICKS)) {
      double x = x(tick.value());
      figures.add(line(pen, x, bottom(), x, bottom() + 4));
      figures.add(new Figure.Text(tick.text(), x, bottom() + 18, numbers, Figure.Anchor.MIDDLE));
    }
    for (Axis.Tick tick : up.ticks(TICKS)) {
      double y = y(tick.value());
      figures.add(line(pen, left - 4, y, left, y));
      figures.add(new Figure.Text(tick.text(), left - 8, y + 4, numbers, Figure.Anchor.END));
      widest = Math.max(widest, TextWidth.of(tick.text(), LETTERS));
    }
    Figure.Letters names = Figure.Letters.of(LETTERS + 1, paper.ink());
    figures.add(
        new Figure.Text(
            across.name(), left + width / 2, bottom() + 37, names, Figure.Anchor.MIDDLE));
    figures.add(
        new Figure.Text(
            up.name(),
            left - 14 - widest,
            top + height / 2,
            up.name().length() > 2 ? names.turned() : names,
            up.name().length() > 2 ? Figure.Anchor.MIDDLE : Figure.Anchor.END));
    return figures;
  }

  /** Its rectangle. */
  Figure frame(@Nullable String fill, Figure.@Nullable Pen pen) {
    return new Figure.Path(List.of(rectangle(left, top, width, height)), fill, pen, 1);
  }

  static Polyline rectangle(double left, double top, double width, double height) {
    return new Polyline(
        List.of(
            new double[] {left, top},
            new double[] {left + width, top},
            new double[] {left + width, top + height},
            new double[] {left, top + height}),
        true);
  }

  static Figure line(Figure.Pen pen, double x1, double y1, double x2, double y2) {
    var line = new Polyline(List.of(new double[] {x1, y1}, new double[] {x2, y2}), false);
    return new Figure.Path(List.of(line), null, pen, 1);
  }
}
