package thalweg.torch;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * @param training the same of the training samples, where that is asked for
   * @param averaged the validation of the averaged weights, where there are any
   * @param seconds of training since the start, without the evaluations
   * @param optimizerSeconds those of them spent in zeroGrad and step
   * @param optimizerShare the optimizer's share in the time of this epoch's steps, in [0, 1]
   * @param steps since the start
   */
  public record Epoch(
      int epoch,
      double trainLoss,
      Evaluation validation,
      @Nullable Evaluation training,
      @Nullable Evaluation averaged,
      double seconds,
      double optimizerSeconds,
      double optimizerShare,
      long steps) {
    public double validationLoss() {
      return validation.loss();
    }

    /** The first of the metrics on the validation samples, such as the accuracy. */
    public double metric() {
      return validation.metric();
    }

    /** What early stopping goes by: the averaged weights where there are any. */
    public Evaluation judged() {
      return averaged == null ? validation : averaged;
    }
  }

  /** How a run ended. */
  public sealed interface Ending {
    /** All epochs done. */
    record Completed() implements Ending {}

    /** Stopped from outside, after so many steps. */
    record Cancelled(long step) implements Ending {}

    /** The validation loss got no better after the best of the epochs, from 1. */
    record StoppedEarly(long step, int bestEpoch) implements Ending {}

    /**
     * The loss or the gradient became NaN or infinite at this step, counted from 1; nothing was
     * learned from it. Where only the evaluation after a step did, or the weights, it is that step.
     *
     * @param gradientNorm NaN where the loss was not finite, so that there was no gradient
     */
    record Diverged(long step, double loss, double gradientNorm) implements Ending {}
  }

  public boolean diverged() {
    return ending instanceof Ending.Diverged;
  }

  public boolean completed() {
    return ending instanceof Ending.Completed;
  }

  /** Share of the optimizer in the time of the steps, in [0, 1]. */
  public double optimizerShare() {
    double all = forwardBackwardSeconds + optimizerSeconds;
    return all == 0 ? 0 : optimizerSeconds / all;
  }

  /**
   * The validation after the last finished epoch, of the averaged weights where there are any, or
   * that of the start.
   */
  public Evaluation last() {
    return epochs.isEmpty() ? start : epochs.getLast().judged();
  }

  /** The epoch of the lowest validation loss, the first of several; empty if there was none. */
  public Optional<Epoch> best() {
    return epochs.stream().min(Comparator.comparingDouble(epoch -> epoch.judged().loss()));
  }
}
