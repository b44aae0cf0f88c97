package thalweg.torch;

/** Is told what a run does while it runs, on the thread that trains; be quick. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /** Before the first step of this process. */
  default void onStart(RunStart start) {}

  /**
   * After each optimizer step.
   *
   * @param step from 1, over all epochs
   * @param loss of the batch, before the step
   */
  default void onStep(long step, double loss) {}

  /** After each optimizer step, for who wants more; without it, {@link #onStep(long, double)}. */
  default void onStep(StepReport step) {
    onStep(step.step(), step.loss());
  }

  /** After each epoch and its evaluation. */
  default void onEpoch(RunLog.Epoch epoch) {}

  /** After a checkpoint has been written, at this step. */
  default void onCheckpoint(long step) {}

  /** When the run has ended, however it did; not after an exception. */
  default void onEnd(RunLog log) {}
}
