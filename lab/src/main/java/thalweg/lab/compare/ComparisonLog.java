package thalweg.lab.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;
import thalweg.lab.train.FolderLock;
import thalweg.torch.Batching;
import thalweg.torch.Libtorch;
import thalweg.torch.RunLog;

/**
 * Writes a comparison as it goes to the file {@code log.jsonl} of a folder, format {@code
 * comparison-run/1} (docs/json.md): one object a line, flushed. When the process is asked to end
 * meanwhile, as by Ctrl-C, the log ends as cancelled. Close it.
 */
public final class ComparisonLog implements ComparisonListener, AutoCloseable {
  private static final String NAME = "log.jsonl";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Path file;
  private final Thread hook = new Thread(() -> end("cancelled"), "end the log");
  private @Nullable FolderLock lock;
  private @Nullable BufferedWriter writer;
  private boolean ended; // guarded by this, as lock and writer

  /**
   * @param folder which is made when the comparison starts
   * @throws BadInput if a run has left its log there
   */
  public ComparisonLog(Path folder) {
    this.folder = folder;
    file = folder.resolve(NAME);
    check();
  }

  private void check() {
    if (Files.exists(file)) {
      throw new BadInput(
          "there is a run in %s already; give another folder with --run".formatted(folder));
    }
  }

  @Override
  public synchronized void onStart(ComparisonRun run, List<String> ids, String metric) {
    try {
      Files.createDirectories(folder);
      lock = FolderLock.of(folder);
      check(); // nobody has begun one there meanwhile
      writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    ObjectNode line =
        line("start")
            .put("format", "comparison-run/1")
            .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("data", run.data().name())
            .put("model", run.model())
            .put("metric", metric)
            .put("epochs", run.epochs())
            .put("seeds", run.seeds());
    ids.forEach(line.putArray("optimizers")::add);
    run.regimes().stream().map(Batching::text).forEach(line.putArray("regimes")::add);
    write(line);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void onEpoch(Attempt attempt, RunLog.Epoch epoch, double done) {
    ObjectNode line = of("epoch", attempt).put("epoch", epoch.epoch());
    number(line, "train_loss", epoch.trainLoss());
    number(line, "validation_loss", epoch.validationLoss());
    number(line, "score", epoch.metric());
    number(line, "seconds", epoch.seconds());
    number(line, "optimizer_share", epoch.optimizerShare());
    number(line, "done", done);
    Runtime runtime = Runtime.getRuntime();
    write(
        line.put("heap_bytes", runtime.totalMemory() - runtime.freeMemory())
            .put("resident_bytes", Libtorch.residentBytes()));
  }

  @Override
  public void onRun(Attempt attempt, RunLog log) {
    ObjectNode line = of("run", attempt);
    number(line, "milliseconds_per_step", log.stepNanos() / 1e6);
    write(
        log.ending() instanceof RunLog.Ending.Diverged diverged
            ? line.put("diverged_at_step", diverged.step())
            : line.putNull("diverged_at_step"));
  }

  @Override
  public void onRate(String id, double rate) {
    ObjectNode line = line("chosen").put("optimizer", id);
    number(line, "rate", rate);
    write(line);
  }

  @Override
  public void onEnd() {
    end("completed");
  }

  private synchronized void end(String ending) {
    if (writer != null) {
      write(line("end").put("ending", ending));
      ended = true;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      end("cancelled"); // the JVM is ending: whoever comes first says so
    }
    free();
  }

  private synchronized void free() {
    try (FolderLock held = lock;
        BufferedWriter open = writer) {
      writer = null;
      lock = null;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static ObjectNode line(String kind) {
    return MAPPER.createObjectNode().put("kind", kind);
  }

  private static ObjectNode of(String kind, Attempt attempt) {
    ObjectNode line =
        line(kind)
            .put("optimizer", attempt.id())
            .put("purpose", attempt.purpose().text())
            .put("seed", attempt.seed());
    number(line, "rate", attempt.rate());
    return line;
  }

  private static void number(ObjectNode line, String name, double value) {
    if (Double.isFinite(value)) {
      line.put(name, value);
    } else {
      line.putNull(name);
    }
  }

  private synchronized void write(ObjectNode line) {
    if (ended) {
      return; // the process is ending
    }
    if (writer == null) {
      throw new IllegalStateException("a comparison is logged from its start to its close");
    }
    try {
      writer.write(line.toString());
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private BadInput cannotWrite(IOException e) {
    return new BadInput(String.valueOf(Failures.cannotWrite(file, e).getMessage()), e);
  }
}
