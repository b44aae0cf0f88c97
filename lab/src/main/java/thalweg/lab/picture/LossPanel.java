package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
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

  /** The most that the ends of a logarithmic axis differ by, and how far it goes beyond values. */
  private static final double MOST = 1e18;

  private static final double MARGIN = 1.4;

  /** A loss so many times the start's higher is above the picture: else it alone would be seen. */
  private static final double HIGHEST = 2;

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
    double[] losses =
        trace.walks().stream()
            .flatMapToDouble(walk -> Arrays.stream(walk.loss()))
            .map(loss -> loss - base)
            .toArray();
    double first = losses[0];
    double low = Arrays.stream(losses).min().orElse(first);
    double most = Arrays.stream(losses).max().orElse(first);
    double high = Math.min(most, first + HIGHEST * Math.max(first - low, Math.abs(first)));
    if (high > 0 && (lowest.isPresent() || low > 0)) {
      double smallest = Arrays.stream(losses).filter(loss -> loss > 0).min().orElse(high);
      double top = high * MARGIN;
      double bottom = Math.max(smallest / MARGIN, top / MOST);
      return Axis.logarithmic(lowest.isPresent() ? "f above its minimum" : "f", bottom, top);
    }
    double margin = high > low ? 0.04 * (high - low) : 1;
    return Axis.linear("f", low - margin, high + margin);
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
    Ink ink = scene.ink();
    List<Walk> walks = scene.trace().walks();
    var layers = new Layers(ink);
    for (int i : scene.order()) {
      Look look = scene.looks().get(i);
      Walk walk = walks.get(i);
      int last = Math.min(step, walk.steps());
      Route route = Route.of(places(walk, last), last, INSIDE);
      List<List<double[]>> pieces =
          route.pieces().stream().map(piece -> piece.stream().map(this::pixel).toList()).toList();
      layers.line(ink.edge(pieces), ink.line(look, pieces));
      double[] at = route.last();
      if (at != null) {
        layers.head(ink.head(look, pixel(at), Head.of(walk, route, step)));
      }
    }
    return layers.figures();
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
