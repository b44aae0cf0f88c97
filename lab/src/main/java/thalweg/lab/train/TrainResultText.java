package thalweg.lab.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import thalweg.checkpoint.Checkpoints;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;

/** What a run says at its end. */
final class TrainResultText {
  private TrainResultText() {}

  static void print(TrainResult result, TrainText text) {
    text.say("\n");
    RunLog log = result.log();
    Path folder = result.folder().path();
    switch (log.ending()) {
      case RunLog.Ending.Completed _ -> {}
      case RunLog.Ending.StoppedEarly(long step, int best) ->
          text.fact(
              "ended",
              "early, after step %d: no epoch was better than epoch %d".formatted(step, best));
      case RunLog.Ending.Cancelled(long step) ->
          text.fact("stopped", "after step %d, everything saved".formatted(step));
      case RunLog.Ending.Diverged _ -> {} // said as a problem
    }
    result
        .validation()
        .ifPresent(evaluation ->
            text.fact(
                "result",
                "%s weights, validation: %s".formatted(result.chosen(), said(evaluation))));
    result.test().ifPresent(evaluation -> text.fact("test", said(evaluation)));
    result.language().ifPresent(language -> say(language, text));
    text.fact(
        "time",
        String.format(
            Locale.ROOT,
            "%d steps in %.1f s; the optimizer took %.1f %% of them%s",
            log.steps(),
            log.forwardBackwardSeconds() + log.optimizerSeconds(),
            100 * log.optimizerShare(),
            warm(log.epochs())));
    text.fact("files", folder + ": " + files(result.folder()));
    text.fact("go on", goOn(result));
  }

  /** In the later half of the epochs, when formulas have long been compiled. */
  private static String warm(List<RunLog.Epoch> epochs) {
    if (epochs.size() < 4) {
      return "";
    }
    RunLog.Epoch from = epochs.get(epochs.size() / 2 - 1);
    RunLog.Epoch to = epochs.getLast();
    return String.format(
        Locale.ROOT,
        ", %.1f %% in the later half",
        100 * (to.optimizerSeconds() - from.optimizerSeconds()) / (to.seconds() - from.seconds()));
  }

  private static void say(LanguageResult language, TrainText text) {
    text.fact(
        "baseline",
        "perplexity %s of a model that counts which character follows which two%s"
            .formatted(
                TrainText.number(language.baselineValidation()),
                Double.isNaN(language.baselineTest())
                    ? ""
                    : ", test " + TrainText.number(language.baselineTest())));
    if (!language.sample().isEmpty()) {
      text.say("\nwritten by the model:\n%s\n\n".formatted(language.sample()));
    }
  }

  private static String said(Evaluation evaluation) {
    return "loss %s, ".formatted(TrainText.number(evaluation.loss()))
        + evaluation.metrics().entrySet().stream()
            .map(metric -> metric.getKey() + " " + TrainText.number(metric.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String goOn(TrainResult result) {
    String command = "./thalweg train --resume " + result.folder().path();
    return switch (result.log().ending()) {
      case RunLog.Ending.Cancelled _ -> command;
      case RunLog.Ending.Completed _ -> command + " --epochs N, with more epochs than before";
      case RunLog.Ending.StoppedEarly _, RunLog.Ending.Diverged _ ->
          Files.exists(result.folder().best())
              ? "./thalweg train --from %s --run ANOTHER, with other settings"
                  .formatted(result.folder().best())
              : "begin again with other settings";
    };
  }

  /** The step and the norm at which it happened, and what is left. */
  static String diverged(TrainResult result, RunLog.Ending.Diverged diverged) {
    List<Path> files = Checkpoints.in(result.folder().checkpoints()).files();
    return "the run diverged at step %d: loss %s, gradient norm %s%s; %s; lower the learning rate, or add --clip 1 or a warm-up to --schedule"
        .formatted(
            diverged.step(),
            raw(diverged.loss()),
            raw(diverged.gradientNorm()),
            Double.isNaN(result.lastGradientNorm())
                ? ""
                : " (%s at the step before)".formatted(raw(result.lastGradientNorm())),
            files.isEmpty()
                ? "there was no checkpoint yet"
                : "the last good checkpoint is " + files.getLast());
  }

  private static String raw(double value) {
    return Double.isFinite(value) ? TrainText.number(value) : Double.toString(value);
  }

  private static String files(RunFolder folder) {
    List<String> names = new ArrayList<>();
    for (Path file :
        List.of(
            folder.best(),
            folder.last(),
            folder.log(),
            folder.tensorBoard(),
            folder.checkpoints())) {
      Optional.of(file)
          .filter(Files::exists)
          .ifPresent(there -> names.add(String.valueOf(there.getFileName())));
    }
    return String.join(", ", names);
  }
}
