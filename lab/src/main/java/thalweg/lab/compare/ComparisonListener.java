package thalweg.lab.compare;

import java.util.Optional;
import thalweg.torch.RunLog;

/**
 * Is told what a comparison does while it runs, and asked what need not be done, on the thread that
 * trains; be quick.
 */
public interface ComparisonListener {
  /** Hears nothing. */
  ComparisonListener NONE = new ComparisonListener() {};

  /** Before the first run. */
  default void onStart(ComparisonStart start) {}

  /** What came of a run that was finished before; it is not run again. Asked before each run. */
  default Optional<Trained> finished(Attempt attempt) {
    return Optional.empty();
  }

  /** Whether to stop; asked before every step. */
  default boolean isStopped() {
    return false;
  }

  /**
   * After an epoch of a run.
   *
   * @param done share of the comparison that is done, in [0, 1]
   */
  default void onEpoch(Attempt attempt, RunLog.Epoch epoch, double done) {}

  /** After a run. */
  default void onRun(Attempt attempt, Trained trained) {}

  /** The rate of the reported runs of a competitor is known. */
  default void onRate(String id, double rate) {}

  /** All is done. */
  default void onEnd() {}

  /** It was stopped before all was done. */
  default void onStop() {}
}
