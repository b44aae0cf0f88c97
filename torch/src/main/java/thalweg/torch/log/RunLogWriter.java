package thalweg.torch.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Libtorch;
import thalweg.torch.RunLog;
import thalweg.torch.RunStart;
import thalweg.torch.StepReport;
import thalweg.torch.TrainingListener;

/**
 * Writes a run to a file of JSON lines, format {@code run/1} (docs/json.md): one object a line,
 * flushed, so that whatever happens the lines before are there.
 *
 * <p>A run that goes on from a checkpoint goes on in the file: what was logged behind that
 * checkpoint goes away first, so no step is there twice. A run that begins anew begins the file
 * anew. Close it.
 */
public final class RunLogWriter implements TrainingListener, AutoCloseable {
  private static final Pattern KIND = Pattern.compile("\"kind\": \"(\\w+)\"");
  private static final Pattern STEP = Pattern.compile("\"step\": (\\d+)");
  private static final Pattern EPOCH = Pattern.compile("\"epoch\": (\\d+)");
  private static final Pattern RESUMED = Pattern.compile("\"resumed_step\": (\\d+)");

  private final Path file;
  private final int everySteps;
  private @Nullable BufferedWriter writer;

  /**
   * @param file which is made when the run starts, with its folder
   * @param everySteps number of updates from one step's line to the next, at least 1
   */
  public RunLogWriter(Path file, int everySteps) {
    if (everySteps < 1) {
      throw new IllegalArgumentException("RunLogWriter.everySteps must be >= 1, got " + everySteps);
    }
    this.file = file;
    this.everySteps = everySteps;
  }

  @Override
  public void onStart(RunStart start) {
    close();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (start.resumedStep() > 0 && Files.exists(file)) {
        cutBehind(start);
        writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND);
      } else {
        writer = Files.newBufferedWriter(file, UTF_8);
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    write(
        line("start")
            .put("format", "run/1")
            .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("settings", start.settings())
            .put("metrics", start.metrics())
            .put("parameters", start.parameters())
            .put("learned", start.learned())
            .put("epochs", start.epochs() == Integer.MAX_VALUE ? null : start.epochs())
            .put("steps_per_epoch", start.stepsPerEpoch())
            .put("total_steps", start.totalSteps())
            .put("resumed_step", start.resumedStep())
            .put("validation", start.start()));
  }

  @Override
  public void onStep(StepReport step) {
    if (step.step() % everySteps == 0) {
      write(
          line("step")
              .put("step", step.step())
              .put("epoch", step.epoch())
              .put("loss", step.loss())
              .put("lr", step.lr())
              .put("gradient_norm", step.gradientNorm())
              .put("samples", step.samples())
              .put("forward_backward_ms", step.forwardBackwardNanos() / 1e6)
              .put("optimizer_ms", step.optimizerNanos() / 1e6));
    }
  }

  @Override
  public void onEpoch(RunLog.Epoch epoch) {
    Runtime runtime = Runtime.getRuntime();
    write(
        line("epoch")
            .put("epoch", epoch.epoch())
            .put("step", epoch.steps())
            .put("train_loss", epoch.trainLoss())
            .put("training", epoch.training())
            .put("validation", epoch.validation())
            .put("averaged", epoch.averaged())
            .put("seconds", epoch.seconds())
            .put("optimizer_share", epoch.optimizerShare())
            .put("heap_bytes", runtime.totalMemory() - runtime.freeMemory())
            .put("resident_bytes", Libtorch.residentBytes()));
  }

  @Override
  public void onCheckpoint(long step) {
    write(line("checkpoint").put("step", step));
  }

  @Override
  public void onEnd(RunLog log) {
    JsonLine line =
        switch (log.ending()) {
          case RunLog.Ending.Completed _ -> end("completed", log.steps());
          case RunLog.Ending.Cancelled(long step) -> end("cancelled", step);
          case RunLog.Ending.StoppedEarly(long step, int best) ->
              end("stopped_early", step).put("best_epoch", best);
          case RunLog.Ending.Diverged(long step, double loss, double norm) ->
              end("diverged", step).put("loss", loss).put("gradient_norm", norm);
        };
    write(
        line.put("forward_backward_seconds", log.forwardBackwardSeconds())
            .put("optimizer_seconds", log.optimizerSeconds())
            .put("optimizer_share", log.optimizerShare()));
    close();
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    } finally {
      writer = null;
    }
  }

  private static JsonLine line(String kind) {
    return new JsonLine().put("kind", kind);
  }

  private static JsonLine end(String how, long step) {
    return line("end").put("ending", how).put("step", step);
  }

  private void write(JsonLine line) {
    if (writer == null) {
      return; // a checkpoint of a run that was not heard from its start
    }
    try {
      writer.write(line.toString());
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private UncheckedIOException cannotWrite(IOException e) {
    return new UncheckedIOException(
        "cannot write the run's log %s: %s; free or name another place"
            .formatted(file, e.getMessage()),
        e);
  }

  /** Leaves what was logged up to the checkpoint; the file is whole at any time. */
  private void cutBehind(RunStart start) throws IOException {
    List<String> kept = new ArrayList<>();
    try (var lines = Files.lines(file, UTF_8)) {
      lines.filter(line -> isBefore(line, start)).forEach(kept::add);
    }
    Path aside = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(aside, kept, UTF_8);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isBefore(String line, RunStart start) {
    Matcher kind = KIND.matcher(line);
    if (!line.endsWith("}") || !kind.find()) {
      return false; // cut off by the end of a process
    }
    return switch (kind.group(1)) {
      case "start" -> number(RESUMED, line) <= start.resumedStep();
      case "epoch" -> number(EPOCH, line) <= start.done().size();
      default -> number(STEP, line) <= start.resumedStep();
    };
  }

  private static long number(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }
}
