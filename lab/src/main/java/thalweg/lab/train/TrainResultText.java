package thalweg.lab.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import thalweg.checkpoint.Checkpoints;
import thalweg.lab.CommandText;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;

/** What a run says at its end. */
final class TrainResultText {
  private static final String CALMER = "a lower learning rate, --clip 1 or a warm-up in --schedule";
  private static final String EPOCHS = " --epochs N, with more epochs than before";
  private static final String STEPS = " --steps N, with more steps than before";

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
                "result", "%s, validation: %s".formatted(measured(result), said(evaluation))));
    result.warning().ifPresent(warning -> text.fact("warning", warning));
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

  /** Which weights the result is of. */
  private static String measured(TrainResult result) {
    if (!isMean(result)) {
      return result.chosen() + " weights";
    }
    if (!result.settings().has(TrainOption.EARLY_STOPPING)) {
      return "mean of the weights";
    }
    return result.log().ending() instanceof RunLog.Ending.StoppedEarly(long _, int best)
        ? "mean of epoch " + best
        : "mean of the best epoch";
  }

  private static boolean isMean(TrainResult result) {
    List<RunLog.Epoch> epochs = result.log().epochs();
    return !epochs.isEmpty() && epochs.getLast().averaged() != null;
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
    String command =
        CommandText.of(List.of("train", "--resume", result.folder().path().toString()));
    return switch (result.log().ending()) {
      case RunLog.Ending.Cancelled _ -> command;
      case RunLog.Ending.Completed _ ->
          result.warning().isPresent()
              ? otherwise(result)
              : command + (byEpochs(result) ? EPOCHS : STEPS);
      case RunLog.Ending.StoppedEarly _, RunLog.Ending.Diverged _ -> otherwise(result);
    };
  }

  /** Whether the run has ended because its epochs are done, and not its steps. */
  private static boolean byEpochs(TrainResult result) {
    return !result.settings().has(TrainOption.STEPS)
        || result.log().steps() < result.settings().count(TrainOption.STEPS).orElseThrow();
  }

  private static String otherwise(TrainResult result) {
    return from(result)
        .map(file ->
            "./thalweg train --from %s --run ANOTHER, with other settings"
                .formatted(CommandText.quoted(file)))
        .orElse("begin again with other settings");
  }

  /** The step and the norm at which it happened, what is left, and how to go on from there. */
  static String diverged(TrainResult result, RunLog.Ending.Diverged diverged) {
    String before =
        Double.isNaN(result.lastGradientNorm())
            ? ""
            : " (%s at the step before)".formatted(raw(result.lastGradientNorm()));
    return "the run diverged at step %d: loss %s, gradient norm %s%s; %s %s"
        .formatted(
            diverged.step(),
            raw(diverged.loss()),
            raw(diverged.gradientNorm()),
            before,
            kept(result),
            CALMER);
  }

  private static String kept(TrainResult result) {
    String checkpoint =
        last(result)
            .map(file -> "the last good checkpoint is " + file)
            .orElse("there was no checkpoint yet");
    Optional<RunLog.Epoch> best = result.best();
    Optional<Path> from = from(result);
    if (best.isEmpty() || from.isEmpty()) {
      return checkpoint + ", and no epoch was better than the start: begin again with";
    }
    return "%s, the best epoch was %d (validation loss %s): go on from it with --from %s and"
        .formatted(
            checkpoint,
            best.get().epoch(),
            TrainText.number(best.get().judged().loss()),
            CommandText.quoted(from.get()));
  }

  /**
   * The weights of the best epoch. Where a mean was judged, those the mean was of; the mean itself
   * after an early stop, which leaves that of the best epoch.
   */
  private static Optional<Path> from(TrainResult result) {
    if (isMean(result) && result.log().ending() instanceof RunLog.Ending.StoppedEarly) {
      return result.best().map(_ -> result.folder().last());
    }
    return result
        .best()
        .flatMap(epoch ->
            Stream.of(
                    result.folder().best(),
                    Checkpoints.in(result.folder().checkpoints()).file(epoch.steps()))
                .filter(Files::exists)
                .findFirst());
  }

  private static Optional<Path> last(TrainResult result) {
    List<Path> files = Checkpoints.in(result.folder().checkpoints()).files();
    return files.isEmpty() ? Optional.empty() : Optional.of(files.getLast());
  }

  /** A loss that ended above its start. */
  static String risen(RunLog.Epoch last, double start, double end) {
    String times =
        start > 0 ? "%s times the".formatted(TrainText.number(end / start)) : "above the";
    return "the validation loss ended at %s, %s %s before the first step; %s"
        .formatted(
            TrainText.number(end),
            times,
            TrainText.number(start),
            last.trainLoss() < start
                ? "the training loss fell, so the network has learned its training rows by heart:"
                    + " stop earlier, as --early-stopping does, or add dropout or weight decay"
                : "begin again with " + CALMER);
  }

  /** A loss that was far above its start in an epoch, and has not come back. */
  static String exploded(int epoch, double start, double highest) {
    return "the mean loss of epoch %d was %s, %s times the %s before the first step; begin again with %s"
        .formatted(
            epoch,
            TrainText.number(highest),
            TrainText.number(highest / start),
            TrainText.number(start),
            CALMER);
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
