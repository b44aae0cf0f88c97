package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Makes runs up: how good one is follows from a number that a test gives it. */
final class ScriptedRunner implements Runner {
  private static final int STEPS = 1000;
  private final ToDoubleFunction<Trial> badness;
  final List<Long> seedsAsked = Collections.synchronizedList(new ArrayList<>());

  /** Of each trial above 0, near 1; larger is slower and worse in every measure. */
  ScriptedRunner(ToDoubleFunction<Trial> badness) {
    this.badness = badness;
  }

  @Override
  public Trace run(Trial trial, long seed) {
    seedsAsked.add(seed);
    double bad = badness.applyAsDouble(trial) * (1 + 1e-6 * seed);
    return trace(bad);
  }

  static Trace trace(double bad) {
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(i < 100 * bad ? 2.0 : 0.01);
    }
    return new Trace(
        steps,
        List.of(new Trace.Epoch(bad, 2 * bad, 1 / (1 + bad), 1)),
        new Trace.End(bad, 2.5 * bad, 1 / (1 + bad)),
        STEPS,
        false,
        new Trace.Switched(false, 1e-5 * bad),
        Math.round(1e6 * bad),
        1_000_000,
        Math.round(8e6 * bad));
  }
}
