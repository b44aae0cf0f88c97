package thalweg.lab.train;

import java.util.Optional;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;

/**
 * How a run went.
 *
 * @param folder where everything it left lies
 * @param data name of the data
 * @param model the network's text form
 * @param optimizer the optimizer's text form
 * @param parameters numbers the network learned
 * @param log what the loop did
 * @param lastGradientNorm of the last step that was made; NaN if none was
 * @param chosen which weights are measured here: {@code best} or {@code last}
 * @param validation of those weights; empty if the run was stopped or diverged
 * @param test the same, where there are rows to test on
 * @param language what a language model is measured against and writes, of a text
 */
public record TrainResult(
    RunFolder folder,
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
