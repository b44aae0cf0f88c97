package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.Progress;
import thalweg.lab.compare.Comparison;
import thalweg.lab.surface.Surface;

/**
 * Traces, sweeps and galleries with their progress shown.
 *
 * @param threads walks at a time, at least 1; results do not depend on it
 */
public record TraceRun(int threads, Progress.Look look) {
  private interface Work<T> {
    T with(TraceListener listener);
  }

  /** The walks with the rates as given; throws what {@link Tracer#trace} throws. */
  public Trace trace(TraceRequest request) {
    return shown("trace", request, 1, listener -> Tracer.trace(request, threads, listener));
  }

  /** The walks with a chosen rate each; throws what {@link Tuning#of} throws. */
  public Trace tuned(TraceRequest request, int budget) {
    List<Tuning> tunings =
        shown(
            "tune " + request.surface().text(),
            request,
            Tuning.walks(request, budget) / request.optimizers().size(),
            listener -> Tuning.of(request, budget, threads, listener));
    return shown(
        "trace", request, 1, listener -> Tuning.trace(request, tunings, threads, listener));
  }

  /** The effect of a hyperparameter; throws what {@link Sweep#of} throws. */
  public Sweep sweep(TraceRequest request, SweepRange range) {
    return shown(
        "sweep",
        request,
        range.values().size(),
        listener -> Sweep.of(request, range, threads, listener));
  }

  /**
   * The usual surfaces, each from its usual start, with a chosen rate for every optimizer; then the
   * networks, for which libtorch is loaded.
   *
   * @param seed of the noise, the random surface and the networks
   * @param command the command line that repeats it
   */
  public Gallery gallery(
      List<String> optimizers,
      int steps,
      double noise,
      long seed,
      int budget,
      String version,
      String command) {
    List<Trace> traces = new ArrayList<>();
    for (Surface surface : Gallery.surfaces(seed)) {
      traces.add(
          tuned(
              new TraceRequest(surface, optimizers, surface.start(), steps, noise, seed), budget));
    }
    Surface valley = traces.get(Gallery.RATES).request().surface();
    TraceRequest request = new TraceRequest(valley, optimizers, valley.start(), steps, noise, seed);
    Sweep rates = sweep(request, Gallery.range());
    List<Comparison> networks =
        NetworkRuns.of(seed, threads).stream().map(run -> run.run(look, version, command)).toList();
    return new Gallery(traces, rates, networks);
  }

  private <T> T shown(String label, TraceRequest request, long walksOfEach, Work<T> work) {
    long updates = request.optimizers().size() * Math.max(0L, request.steps()) * walksOfEach;
    try (Progress progress = new Progress(label, updates, look)) {
      return work.with(
          new TraceListener() {
            @Override
            public void advanced(String walk, long more) {
              progress.advance(more, walk);
            }
          });
    }
  }
}
