package thalweg.lab.picture;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Walk;

/**
 * What all panels of a picture show.
 *
 * @param order of drawing: long walks first, so that those they cover can be seen on them
 */
record Scene(
    Trace trace,
    SurfaceGrid grid,
    HeightScale scale,
    List<Look> looks,
    List<Integer> order,
    Paper paper) {
  private static final int MOST_SET_OFF = 12;

  static Scene of(Trace trace, Paper paper) {
    TraceRequest request = trace.request();
    SurfaceGrid grid = SurfaceGrid.of(request.surface(), request.start(), SurfaceGrid.NODES);
    List<Look> looks = Looks.of(trace.walks().stream().map(Walk::canonical).toList());
    List<Double> lengths =
        trace.walks().stream()
            .map(walk -> Route.of(walk.x(), walk.steps(), grid.box()).length(grid.box()))
            .toList();
    List<Integer> order =
        IntStream.range(0, lengths.size())
            .boxed()
            .sorted(Comparator.comparing(lengths::get).reversed())
            .toList();
    return new Scene(trace, grid, grid.scale(), looks, order, paper);
  }

  Surface surface() {
    return trace.request().surface();
  }

  Ink ink() {
    return new Ink(paper, trace.walks().size() > MOST_SET_OFF);
  }

  /** The start in the first two coordinates. */
  double[] start() {
    return new double[] {trace.request().start().get(0), trace.request().start().get(1)};
  }

  /**
   * A recorded minimum in the picture.
   *
   * @param global whether none is lower
   */
  record Low(double[] at, boolean global) {}

  /** The recorded minima that lie in the picture. */
  List<Low> lows() {
    double lowest = Targets.lowest(surface()).orElse(Double.NaN);
    return surface().minima().stream()
        .map(m ->
            new Low(
                new double[] {m.at().get(0), m.at().get(1)},
                m.value() <= lowest + 1e-9 * (1 + Math.abs(lowest))))
        .filter(low -> grid.box().contains(low.at()))
        .toList();
  }

  /** The part of a walk that has been gone after so many steps. */
  Route route(Walk walk, int step) {
    return Route.of(walk.x(), Math.min(step, walk.steps()), grid.box());
  }

  /** The places of a walk that lie in the picture, after so many steps. */
  Stream<double[]> inside(Walk walk, int step) {
    return Arrays.stream(walk.x())
        .limit(step + 1L)
        .map(x -> new double[] {x[0], x[1]})
        .filter(grid.box()::contains);
  }

  /** How the walks stand at the end. */
  Set<Head> heads() {
    int steps = trace.request().steps();
    return trace.walks().stream()
        .map(walk -> Head.of(walk, route(walk, steps), steps))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Head.class)));
  }

  /** Whether single steps are few enough to be seen. */
  boolean dotted() {
    return trace.request().steps() <= 60;
  }
}
