package thalweg.lab.train;

import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;

/**
 * How a run went.
 *
 * @param folder where everything it left lies
 * @param settings what it was asked for
 * @param data name of the data
 * @param model the network's text form
 * @param optimizer the optimizer's text form
 * @param parameters numbers of the network
 * @param log what the loop did
 * @param lastGradientNorm of the last step that was made; NaN if none was
 * @param chosen which weights are measured here: {@code best} or {@code last}
 * @param validation of those weights; empty if the run was stopped or diverged
 * @param test the same, where there are rows to test on
 * @param language what a language model is measured against and writes, of a text
 */
public record TrainResult(
    RunFolder folder,
    TrainSettings settings,
    String data,
    String model,
    String optimizer,
    long parameters,
    RunLog log,
    double lastGradientNorm,
    String chosen,
    Optional<Evaluation> validation,
    Optional<Evaluation> test,
    Optional<LanguageResult> language) {
  /** The exit code of the command: 1 for a run that diverged, 130 for one that was stopped. */
  public int exitCode() {
    return switch (log.ending()) {
      case RunLog.Ending.Completed _, RunLog.Ending.StoppedEarly _ -> 0;
      case RunLog.Ending.Diverged _ -> 1;
      case RunLog.Ending.Cancelled _ -> 130;
    };
  }

  /** One line of what went wrong and what to change; empty if nothing did. */
  public Optional<String> problem() {
    return log.ending() instanceof RunLog.Ending.Diverged diverged
        ? Optional.of(TrainResultText.diverged(this, diverged))
        : Optional.empty();
  }

  /** By how much a loss may end above its start before that is worth a word. */
  private static final double RISEN = 1.1;

  /** By how much the loss of an epoch may be above the start. */
  private static final double EXPLODED = 10;

  /** What a run must fall below that has recovered. */
  private static final double RECOVERED = 0.5;

  /**
   * One line for a run that went to its end and has learned nothing: its validation loss ended over
   * a tenth above that before the first step, or not below half of it after an epoch with a loss
   * over ten times as high. Empty for others.
   */
  public Optional<String> warning() {
    double start = log.start().loss();
    double end = log.last().loss();
    if (log.diverged() || log.epochs().isEmpty()) {
      return Optional.empty();
    }
    if (end > RISEN * start) {
      return Optional.of(TrainResultText.risen(log.epochs().getLast(), start, end));
    }
    RunLog.Epoch worst = Collections.max(log.epochs(), Comparator.comparing(TrainResult::highest));
    return end > RECOVERED * start && highest(worst) > EXPLODED * start
        ? Optional.of(TrainResultText.exploded(worst.epoch(), start, highest(worst)))
        : Optional.empty();
  }

  private static double highest(RunLog.Epoch epoch) {
    return Math.max(epoch.trainLoss(), epoch.validationLoss());
  }

  /** The epoch with the lowest validation loss, where that is below the start's. */
  Optional<RunLog.Epoch> best() {
    return log.best().filter(epoch -> epoch.judged().loss() < log.start().loss());
  }

  /** How it ended, in a word: {@code completed}, {@code stopped_early}, … */
  public String ending() {
    return switch (log.ending()) {
      case RunLog.Ending.Completed _ -> "completed";
      case RunLog.Ending.StoppedEarly _ -> "stopped_early";
      case RunLog.Ending.Diverged _ -> "diverged";
      case RunLog.Ending.Cancelled _ -> "cancelled";
    };
  }
}
