package thalweg.torch;

import java.util.List;

/**
 * What one training run did; a value that never changes.
 *
 * @param optimizer the optimizer's text form
 * @param seed of the feed's order
 * @param batching the feed's setting
 * @param start the validation part before the first step
 * @param epochs finished epochs, in order
 * @param steps optimizer steps done, those of an unfinished epoch counted
 * @param forwardBackwardSeconds spent in forward, loss and backward
 * @param optimizerSeconds spent in zeroGrad and step
 * @param stepNanos median of one optimizer step, in nanoseconds; 0 when there was none
 * @param ending how it ended
 */
public record RunLog(
    String optimizer,
    long seed,
    Batching batching,
    Evaluation start,
    List<Epoch> epochs,
    long steps,
    double forwardBackwardSeconds,
    double optimizerSeconds,
    long stepNanos,
    Ending ending) {
  public RunLog {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training samples.
   *
   * @param epoch from 1
   * @param trainLoss mean over the samples, each counted in the batch it was trained in
   * @param validation measured after the pass
   * @param seconds of training since the start, without the evaluations
   * @param steps since the start
   */
  public record Epoch(
      int epoch, double trainLoss, Evaluation validation, double seconds, long steps) {
    public double validationLoss() {
      return validation.loss();
    }

    /** Accuracy in [0, 1], or R². */
    public double metric() {
      return validation.metric();
    }
  }

  /** How a run ended. */
  public sealed interface Ending {
    /** All epochs done. */
    record Completed() implements Ending {}

    /** Stopped from outside, after so many steps. */
    record Cancelled(long step) implements Ending {}

    /**
     * The loss became NaN or infinite at this step, counted from 1; nothing was learned from it.
     */
    record Diverged(long step, double loss) implements Ending {}
  }

  public boolean diverged() {
    return ending instanceof Ending.Diverged;
  }

  public boolean completed() {
    return ending instanceof Ending.Completed;
  }

  /** The validation after the last finished epoch, or that of the start. */
  public Evaluation last() {
    return epochs.isEmpty() ? start : epochs.getLast().validation();
  }
}
