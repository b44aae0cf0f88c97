package thalweg.lab.serve.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Looks;
import thalweg.lab.train.FolderLock;

/** What is known of one run: the last line of each kind in its log, and whether it lives. */
final class RunRecord {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** A log that nobody locks is taken for a living one so long after its last line. */
  private static final long QUIET_MILLIS = 60_000;

  /** Sooner nothing is said of the time left: the first steps are slower. */
  private static final long FIRST_MILLIS = 2000;

  private static final long LARGEST_SETTINGS = 1 << 20;

  private final Path folder;
  private final LogTail tail;
  private final Map<String, String> last = new LinkedHashMap<>();
  private @Nullable String first; // line of a start
  private @Nullable String firstEpoch; // line of a comparison since it began or went on

  RunRecord(Path folder) {
    this.folder = folder;
    tail = new LogTail(folder.resolve(RunsFolder.LOG));
  }

  /** Reads what has come since. */
  synchronized void refresh() throws IOException {
    tail.more(
        () -> {
          last.clear();
          first = null;
        },
        line -> Lines.kind(line).ifPresent(kind -> hear(kind, line)));
  }

  private void hear(String kind, String line) {
    if (kind.equals("start")) {
      last.remove("end"); // it goes on
      first = first == null ? line : first;
      firstEpoch = null;
    } else if (kind.equals("epoch") && firstEpoch == null && !trains()) {
      firstEpoch = line;
    }
    last.put(kind, line);
  }

  /** When it began; null if it has not said. */
  private @Nullable String began() {
    return first == null
        ? null
        : Lines.read(first).map(start -> start.path("time").textValue()).orElse(null);
  }

  private Optional<JsonNode> line(String kind) {
    @Nullable String line = last.get(kind);
    return line == null ? Optional.empty() : Lines.read(line);
  }

  /** Whether it is a training run, not a comparison. */
  synchronized boolean trains() {
    return Files.isRegularFile(folder.resolve("settings.json"));
  }

  /** Whether it can be stopped while it runs. */
  private boolean canStop() {
    return trains() || !options().isMissingNode();
  }

  /** Whether there is something to go on from. */
  private boolean canGoOn() throws IOException {
    return trains() ? hasCheckpoint() : !options().isMissingNode();
  }

  /** How it stands. */
  synchronized RunState state(boolean continuing) throws IOException {
    Optional<JsonNode> end = line("end");
    boolean alive = isAlive();
    if (end.isEmpty()) {
      return alive ? RunState.RUNNING : continuing ? RunState.STARTING : RunState.DIED;
    }
    return continuing ? RunState.STARTING : RunState.of(end.get().path("ending").asText());
  }

  private boolean isAlive() throws IOException {
    return FolderLock.exists(folder)
        ? FolderLock.isHeld(folder)
        : System.currentTimeMillis() - modified() < QUIET_MILLIS;
  }

  private long modified() throws IOException {
    return Files.getLastModifiedTime(folder.resolve(RunsFolder.LOG)).toMillis();
  }

  /**
   * All of it as an object.
   *
   * @param continuing whether a process that goes on with it was started here and lives
   * @param problem why that process ended, where it could not go on
   */
  synchronized ObjectNode json(boolean continuing, Optional<String> problem) throws IOException {
    RunState state = state(continuing);
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("name", folder.getFileName().toString())
            .put("kind", trains() ? "train" : "comparison")
            .put("state", state.text())
            .put("modified", Instant.ofEpochMilli(modified()).toString());
    boolean resumable = state == RunState.STOPPED || state == RunState.DIED;
    json.put("can_stop", canStop() && state == RunState.RUNNING);
    json.put("can_continue", resumable && canGoOn());
    json.put("began", began());
    json.put("eta_seconds", state == RunState.RUNNING ? eta() : null);
    json.put("problem", problem.orElse(null));
    json.set("options", options().isObject() ? options() : null);
    for (String kind : new String[] {"start", "step", "epoch", "chosen", "end"}) {
      json.set(kind, line(kind).orElse(null));
    }
    if (!trains()) {
      json.set("looks", looks());
    }
    return json;
  }

  /** One for each optimizer of a comparison. */
  private JsonNode looks() {
    List<String> optimizers = new ArrayList<>();
    line("start")
        .ifPresent(start -> start.path("optimizers").forEach(one -> optimizers.add(one.asText())));
    return MAPPER.valueToTree(Looks.of(optimizers));
  }

  private boolean hasCheckpoint() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (var files = Files.newDirectoryStream(checkpoints, "*.safetensors")) {
      return files.iterator().hasNext();
    }
  }

  /** What it was asked for; missing where that is not known. */
  private JsonNode options() {
    if (!trains()) {
      return line("start").map(start -> start.path("options")).orElse(MissingNode.getInstance());
    }
    Path file = folder.resolve("settings.json");
    try {
      return Files.size(file) < LARGEST_SETTINGS
          ? MAPPER.readTree(Files.readAllBytes(file)).path("options")
          : MissingNode.getInstance();
    } catch (IOException _) {
      return MissingNode.getInstance(); // shown without them
    }
  }

  /** Seconds left, as fast as this process was until now; null while that says nothing. */
  private @Nullable Double eta() throws IOException {
    JsonNode start = line("start").orElse(MAPPER.missingNode());
    double before =
        firstEpoch == null
            ? start.path("resumed_step").asDouble(0)
            : Lines.read(firstEpoch).map(line -> line.path("done").asDouble(0)).orElse(0.0);
    double total = start.path("total_steps").asDouble(1);
    double done =
        line("step")
            .or(() -> line("epoch"))
            .map(line -> line.path("step").asDouble(line.path("done").asDouble(0)))
            .orElse(0.0);
    try {
      long millis = modified() - Instant.parse(start.path("time").asText()).toEpochMilli();
      return millis < FIRST_MILLIS || done <= before
          ? null
          : Math.max(0, millis / 1e3 / (done - before) * (total - done));
    } catch (DateTimeException _) {
      return null;
    }
  }
}
