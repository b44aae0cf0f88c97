package thalweg.torch.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;
import thalweg.torch.RunStart;
import thalweg.torch.StepReport;
import thalweg.torch.TrainingListener;

/**
 * Writes a run as TensorBoard reads it: {@code tensorboard --logdir FOLDER}. The tags are {@code
 * train/loss}, {@code train/lr} and {@code train/gradient_norm} by step; {@code validation/loss}
 * and each metric after each epoch, and the same of {@code training} and {@code averaged} where
 * they are measured; {@code time/optimizer_share}.
 *
 * <p>Each start of a run adds a file {@code events.out.tfevents.…} to the folder; one that goes on
 * from a checkpoint voids what the earlier files have behind it. Close it.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {
  private final Path folder;
  private final int everySteps;
  private @Nullable OutputStream out;

  /**
   * @param everySteps number of updates from one step that is written to the next, at least 1
   */
  public TensorBoard(Path folder, int everySteps) {
    if (everySteps < 1) {
      throw new IllegalArgumentException("TensorBoard.everySteps must be >= 1, got " + everySteps);
    }
    this.folder = folder;
    this.everySteps = everySteps;
  }

  @Override
  public void onStart(RunStart start) {
    close();
    try {
      Files.createDirectories(folder);
      out = new BufferedOutputStream(create());
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    write(Events.version(now()));
    if (start.resumedStep() > 0) {
      write(Events.restart(now(), start.resumedStep() + 1));
    } else {
      scalars(0, of("validation", start.start(), new LinkedHashMap<>()));
    }
    flush();
  }

  /** TensorBoard reads the files of a folder in the order of their names. */
  private OutputStream create() throws IOException {
    long second = System.currentTimeMillis() / 1000;
    for (int i = 0; ; i++) {
      Path file = folder.resolve("events.out.tfevents.%010d.thalweg.%03d".formatted(second, i));
      try {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException _) {
        // of a run in the same second
      }
    }
  }

  @Override
  public void onStep(StepReport step) {
    if (step.step() % everySteps == 0) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("train/loss", step.loss());
      values.put("train/lr", step.lr());
      values.put("train/gradient_norm", step.gradientNorm());
      scalars(step.step(), values);
    }
  }

  @Override
  public void onEpoch(RunLog.Epoch epoch) {
    Map<String, Double> values = new LinkedHashMap<>();
    of("validation", epoch.validation(), values);
    of("training", epoch.training(), values);
    of("averaged", epoch.averaged(), values);
    values.put("time/optimizer_share", epoch.optimizerShare());
    scalars(epoch.steps(), values);
    flush();
  }

  @Override
  public void onEnd(RunLog log) {
    close();
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    } finally {
      out = null;
    }
  }

  private static Map<String, Double> of(
      String part, @Nullable Evaluation evaluation, Map<String, Double> into) {
    if (evaluation != null) {
      into.put(part + "/loss", evaluation.loss());
      evaluation.metrics().forEach((name, value) -> into.put(part + "/" + name, value));
    }
    return into;
  }

  private void scalars(long step, Map<String, Double> values) {
    write(Events.scalars(now(), step, values));
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private void write(byte[] record) {
    try {
      if (out != null) {
        out.write(record);
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private UncheckedIOException cannotWrite(IOException e) {
    return new UncheckedIOException(
        "cannot write TensorBoard's files into %s: %s; free or name another place"
            .formatted(folder, e.getMessage()),
        e);
  }
}
