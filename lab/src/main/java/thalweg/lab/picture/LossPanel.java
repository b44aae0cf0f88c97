package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import thalweg.lab.page.Look;
import thalweg.lab.surface.Box;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.Walk;

/** Loss against steps: above the minimum on a logarithmic axis where the minimum is known. */
record LossPanel(Scene scene, Plane plane, double base) implements Panel {
  static final double BEFORE = 76;
  private static final double AFTER = 24;
  private static final double WIDTH = 420;
  private static final Box INSIDE = Box.cube(2, 0, 1);

  /** Decades that a logarithmic axis shows at most. */
  private static final double MOST_DECADES = 20;

  /** A loss this many times the start's is above the picture, or else it alone would be seen. */
  private static final double HIGHEST = 10;

  static LossPanel of(Scene scene, double left, double top, double height) {
    OptionalDouble lowest = Targets.lowest(scene.surface());
    double base = lowest.orElse(0);
    Axis steps = Axis.linear("step", 0, scene.trace().request().steps());
    return new LossPanel(
        scene,
        new Plane(steps, up(scene.trace(), lowest), left + BEFORE, top, WIDTH, height),
        base);
  }

  double width() {
    return BEFORE + WIDTH + AFTER;
  }

  private static Axis up(Trace trace, OptionalDouble lowest) {
    double base = lowest.orElse(0);
    double first = trace.walks().getFirst().loss()[0] - base;
    double[] shown = losses(trace, base).toArray();
    double low = Arrays.stream(shown).min().orElse(first);
    double high = Math.min(Arrays.stream(shown).max().orElse(first), first + HIGHEST * Math.max(first - low, Math.abs(first)));
    if (lowest.isPresent() || low > 0) {
      double top = Math.pow(10, Math.ceil(Math.log10(Math.max(high, Double.MIN_NORMAL))));
      double smallest =
          Arrays.stream(shown).filter(loss -> loss > 0).min().orElse(top / 10);
      double bottom = Math.pow(10, Math.floor(Math.log10(smallest)));
      String name = lowest.isPresent() ? "f above its minimum" : "f";
      return Axis.logarithmic(
          name,
          Math.clamp(bottom, top * Math.pow(10, -MOST_DECADES), top / 10),
          top);
    }
    double margin = high > low ? 0.04 * (high - low) : 1;
    return Axis.linear("f", low - margin, high + margin);
  }

  private static DoubleStream losses(Trace trace, double base) {
    return trace.walks().stream()
        .flatMapToDouble(walk -> Arrays.stream(walk.loss()))
        .map(loss -> loss - base);
  }

  @Override
  public List<Figure> ground() {
    List<Figure> figures = new ArrayList<>();
    figures.add(plane.frame(scene.paper().card(), null));
    figures.addAll(plane.lines(scene.paper()));
    figures.addAll(plane.axes(scene.paper()));
    return figures;
  }

  @Override
  public List<Figure> until(int step) {
    List<Figure> lines = new ArrayList<>();
    List<Figure> marks = new ArrayList<>();
    List<Walk> walks = scene.trace().walks();
    for (int i = 0; i < walks.size(); i++) {
      Look look = scene.looks().get(i);
      Walk walk = walks.get(i);
      int last = Math.min(step, walk.steps());
      Route route = Route.of(places(walk, last), last, INSIDE);
      List<List<double[]>> pieces =
          route.pieces().stream()
              .map(piece -> piece.stream().map(this::pixel).toList())
              .toList();
      lines.addAll(scene.ink().line(look, pieces));
      if (!pieces.isEmpty() && route.exit() == null) {
        marks.add(scene.ink().marker(look, pieces.getLast().getLast()));
      }
    }
    lines.addAll(marks);
    return lines;
  }

  /** In shares of the plane; what has no logarithm lies on the lower edge. */
  private double[][] places(Walk walk, int last) {
    double[][] places = new double[last + 1][];
    for (int k = 0; k <= last; k++) {
      double loss = walk.loss()[k] - base;
      double up = plane.up().logarithmic() && loss < plane.up().low() ? 0 : plane.up().share(loss);
      places[k] = new double[] {plane.across().share(k), up};
    }
    return places;
  }

  private double[] pixel(double[] share) {
    return new double[] {
      plane.left() + plane.width() * share[0], plane.bottom() - plane.height() * share[1]
    };
  }
}
