package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import thalweg.lab.surface.Box;

/** What a surface stands on when it is seen from the side: the box, its numbers, and heights. */
record Floor(Scene scene, Eye eye, List<String> names) {
  /** The floor's outline, with numbers along the two edges before the surface. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Box box = scene.grid().box();
    double[][] corners = {
      {box.low().get(0), box.low().get(1)},
      {box.high().get(0), box.low().get(1)},
      {box.high().get(0), box.high().get(1)},
      {box.low().get(0), box.high().get(1)}
    };
    Paper paper = scene.paper();
    List<double[]> floor = new ArrayList<>();
    for (double[] corner : corners) {
      floor.add(eye.place(corner[0], corner[1], 0));
    }
    figures.add(
        new Figure.Path(
            List.of(new Polyline(floor, true)), paper.card(), Figure.Pen.of(paper.soft(), 1), 1));
    heights(figures, corners);
    double[] middle = eye.place(mean(box, 0), mean(box, 1), 0);
    for (int side = 0; side < 4; side++) {
      double[] a = corners[side];
      double[] b = corners[(side + 1) % 4];
      double[] half = eye.place((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0);
      if (half[1] > middle[1]) {
        int axis = side % 2;
        edge(figures, axis, side == 1 || side == 2 ? 1 : 0, half[0] - middle[0]);
      }
    }
    return figures;
  }

  private static double mean(Box box, int axis) {
    return (box.low().get(axis) + box.high().get(axis)) / 2;
  }

  /** Heights above the corner that is seen furthest to the left, beside all else. */
  private void heights(List<Figure> figures, double[][] corners) {
    HeightScale scale = scene.scale();
    if (scale.low() == scale.high()) {
      return;
    }
    double[] corner =
        Collections.min(
            List.of(corners),
            Comparator.comparingDouble(place -> eye.place(place[0], place[1], 0)[0]));
    Paper paper = scene.paper();
    double[] foot = eye.place(corner[0], corner[1], 0);
    double[] top = eye.place(corner[0], corner[1], 1);
    Figure.Pen pen = Figure.Pen.of(paper.soft(), 1);
    Figure.Letters letters = Figure.Letters.of(12, paper.soft());
    figures.add(Plane.line(pen, foot[0], foot[1], top[0], top[1]));
    for (int quarter = 1; quarter <= 4; quarter++) {
      double[] at = eye.place(corner[0], corner[1], quarter / 4.0);
      figures.add(Plane.line(pen, at[0] - 4, at[1], at[0], at[1]));
      String text = scale.text(quarter / 4.0);
      figures.add(new Figure.Text(text, at[0] - 7, at[1] + 4, letters, Figure.Anchor.END));
    }
    figures.add(
        new Figure.Text(
            "f", top[0], top[1] - 10, Figure.Letters.of(13, paper.ink()), Figure.Anchor.MIDDLE));
  }

  /** Numbers along an edge of the base: where {@code axis} runs, at an end of the other axis. */
  private void edge(List<Figure> figures, int axis, int end, double side) {
    Box box = scene.grid().box();
    Paper paper = scene.paper();
    double other = end == 1 ? box.high().get(1 - axis) : box.low().get(1 - axis);
    Figure.Anchor anchor = side < 0 ? Figure.Anchor.END : Figure.Anchor.START;
    double outwards = Math.copySign(1, side);
    Axis values = Axis.linear(names.get(axis), box.low().get(axis), box.high().get(axis));
    for (Axis.Tick tick : values.ticks(5)) {
      double[] at = at(axis, tick.value(), other);
      figures.add(
          Plane.line(
              Figure.Pen.of(paper.soft(), 1), at[0], at[1], at[0] + 4 * outwards, at[1] + 3));
      figures.add(
          new Figure.Text(
              tick.text(),
              at[0] + 6 * outwards,
              at[1] + 13,
              Figure.Letters.of(12, paper.soft()),
              anchor));
    }
    double[] half = at(axis, mean(box, axis), other);
    figures.add(
        new Figure.Text(
            names.get(axis),
            half[0] + 28 * outwards,
            half[1] + 32,
            Figure.Letters.of(13, paper.ink()),
            anchor));
  }

  private double[] at(int axis, double value, double other) {
    return axis == 0 ? eye.place(value, other, 0) : eye.place(other, value, 0);
  }
}
