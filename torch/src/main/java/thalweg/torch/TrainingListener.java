package thalweg.torch;

/** Is told what a run does while it runs, on the thread that trains; be quick. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * After each optimizer step.
   *
   * @param step from 1, over all epochs
   * @param loss of the batch, before the step
   */
  default void onStep(long step, double loss) {}

  /** After each epoch and its evaluation. */
  default void onEpoch(RunLog.Epoch epoch) {}
}
