package thalweg.lab.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;
import thalweg.lab.CommandText;
import thalweg.lab.train.FolderLock;
import thalweg.lab.train.StopRequest;
import thalweg.torch.Batching;
import thalweg.torch.Libtorch;
import thalweg.torch.RunLog;

/**
 * Writes a comparison as it goes to the file {@code log.jsonl} of a folder, format {@code
 * comparison-run/1} (docs/json.md): one object a line, flushed. When the process is asked to end
 * meanwhile, by Ctrl-C or by a {@link StopRequest}, the log ends as cancelled, and another process
 * may go on: what is finished is not run again. Close it.
 */
public final class ComparisonLog implements ComparisonListener, AutoCloseable {
  private static final String NAME = "log.jsonl";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Path file;
  private final Thread hook = new Thread(this::onStop, "end the log");
  private final Map<String, String> options;
  private final boolean goesOn;
  private final Consumer<String> told;
  private Map<Attempt, Trained> finished = Map.of();
  private @Nullable StopRequest stop;
  private @Nullable FolderLock lock;
  private @Nullable BufferedWriter writer;
  private boolean ended; // guarded by this, as lock and writer

  private ComparisonLog(
      Path folder, Map<String, String> options, boolean goesOn, Consumer<String> told) {
    this.folder = folder;
    this.options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    this.goesOn = goesOn;
    this.told = told;
    file = folder.resolve(NAME);
  }

  /**
   * Of a new comparison.
   *
   * @param folder which is made when the comparison starts
   * @param options with which {@code thalweg compare} repeats it, by name; paths absolute
   * @param told hears in a line how to go on when it is ended before it is done
   * @throws BadInput if a run has left its log there
   */
  public static ComparisonLog begin(
      Path folder, Map<String, String> options, Consumer<String> told) {
    ComparisonLog log = new ComparisonLog(folder, options, false, told);
    log.check();
    return log;
  }

  /**
   * Of a comparison that goes on.
   *
   * @param told as for {@link #begin}
   * @throws BadInput if there is none in the folder
   */
  public static ComparisonLog goingOn(Path folder, Consumer<String> told) {
    return new ComparisonLog(folder, EarlierRuns.of(folder.resolve(NAME)).options(), true, told);
  }

  /** What the comparison was asked for, by name. */
  public Map<String, String> options() {
    return options;
  }

  private void check() {
    if (Files.exists(file)) {
      throw new BadInput(
          "there is a run in %s already; give another folder with --run".formatted(folder));
    }
  }

  @Override
  public synchronized void onStart(ComparisonStart start) {
    try {
      Files.createDirectories(folder);
      lock = FolderLock.of(folder);
      if (goesOn) {
        keepFinished();
      } else {
        check(); // nobody has begun one there meanwhile
      }
      stop = new StopRequest(folder);
      writer =
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    ComparisonRun run = start.run();
    ObjectNode line =
        line("start")
            .put("format", "comparison-run/1")
            .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("data", run.data().name())
            .put("model", start.model())
            .put("metric", start.metric())
            .put("epochs", run.epochs())
            .put("seeds", run.seeds());
    start.optimizers().forEach(line.putArray("optimizers")::add);
    run.regimes().stream().map(Batching::text).forEach(line.putArray("regimes")::add);
    ObjectNode asked = line.putObject("options");
    options.forEach(asked::put);
    write(line);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Takes what is finished, and the rest out of the log, which is whole at any time. */
  private void keepFinished() throws IOException {
    EarlierRuns earlier = EarlierRuns.of(file);
    finished = earlier.finished();
    Path aside = file.resolveSibling("." + NAME + ".part");
    Files.write(aside, earlier.kept(), StandardCharsets.UTF_8);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public Optional<Trained> finished(Attempt attempt) {
    return Optional.ofNullable(finished.get(attempt));
  }

  @Override
  public boolean isStopped() {
    return stop != null && stop.getAsBoolean();
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
  public void onRun(Attempt attempt, Trained trained) {
    ObjectNode line = of("run", attempt);
    SeedRun run = trained.run();
    number(line, "milliseconds_per_step", run.millisecondsPerStep());
    line.put("diverged_at_step", run.divergedAtStep());
    write(line.set("trained", ComparisonJson.MAPPER.valueToTree(trained)));
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

  @Override
  public synchronized void onStop() {
    if (writer != null && !ended) {
      end("cancelled");
      told.accept(
          "stopped; finished runs are kept, go on with ./thalweg compare --resume "
              + CommandText.quoted(folder));
    }
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
      onStop(); // the JVM is ending: whoever comes first says so
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
