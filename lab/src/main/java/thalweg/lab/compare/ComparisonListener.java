package thalweg.lab.compare;

import java.util.List;
import thalweg.torch.RunLog;

/** Is told what a comparison does while it runs, on the thread that trains; be quick. */
public interface ComparisonListener {
  /** Hears nothing. */
  ComparisonListener NONE = new ComparisonListener() {};

  /**
   * Before the first run.
   *
   * @param ids of the competitors, in order
   * @param metric what the scores are, as {@code accuracy}
   */
  default void onStart(ComparisonRun run, List<String> ids, String metric) {}

  /**
   * After an epoch of a run.
   *
   * @param done share of the comparison that is done, in [0, 1]
   */
  default void onEpoch(Attempt attempt, RunLog.Epoch epoch, double done) {}

  /** After a run. */
  default void onRun(Attempt attempt, RunLog log) {}

  /** The rate of the reported runs of a competitor is known. */
  default void onRate(String id, double rate) {}

  /** All is done. */
  default void onEnd() {}
}
