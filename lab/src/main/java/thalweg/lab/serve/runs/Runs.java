package thalweg.lab.serve.runs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import thalweg.lab.serve.http.Call;
import thalweg.lab.serve.http.Refusal;
import thalweg.lab.serve.http.Site;
import thalweg.lab.serve.http.TextStream;

/** The monitor's answers: which runs there are, how one goes, stop and continue. */
public final class Runs {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final RunsFolder folder;
  private final RunControl control;
  private final Map<Path, RunRecord> records = new ConcurrentHashMap<>();

  /**
   * @param folder with the runs; it may come later
   * @param command that goes on with what {@code train} or {@code compare} left in a folder
   */
  public Runs(Path folder, BiFunction<String, Path, List<String>> command) {
    this.folder = new RunsFolder(folder.toAbsolutePath().normalize());
    control = new RunControl(command);
  }

  /** Adds the paths. */
  public void addTo(Site site) {
    site.on("GET", "/api/runs", (call, _) -> call.json(list()))
        .on("GET", "/api/runs/*", (call, names) -> call.json(json(folder.run(names.get(0)))))
        .on("GET", "/api/runs/*/events", (call, names) -> events(call, folder.run(names.get(0))))
        .on("POST", "/api/runs/*/stop", (call, names) -> stop(call, folder.run(names.get(0))))
        .on("POST", "/api/runs/*/continue", (call, names) -> goOn(call, folder.run(names.get(0))));
  }

  /** Why there is no run of a name; empty if there is one. */
  public Optional<String> whyNot(String name) {
    try {
      folder.run(name);
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode list() throws IOException {
    List<Path> found = folder.runs();
    Set<Path> gone = new HashSet<>(records.keySet());
    found.forEach(gone::remove);
    gone.forEach(records::remove);
    ObjectNode json = MAPPER.createObjectNode().put("format", "runs/1");
    json.put("folder", folder.path().toString());
    ArrayNode runs = json.putArray("runs");
    for (Path run : found) {
      try {
        runs.add(json(run));
      } catch (NoSuchFileException _) {
        continue; // removed since
      }
    }
    return json;
  }

  ObjectNode json(Path run) throws IOException {
    RunRecord record = record(run);
    boolean continuing = control.isGoing(run);
    RunState state = record.state(continuing);
    if (state == RunState.RUNNING || state == RunState.FINISHED) {
      control.forget(run); // it went on after all, from elsewhere
    }
    return record.json(continuing, control.problem(run));
  }

  private RunRecord record(Path run) throws IOException {
    RunRecord record = records.computeIfAbsent(run, RunRecord::new);
    record.refresh();
    return record;
  }

  private void events(Call call, Path run) throws IOException {
    try (TextStream stream = call.stream("text/event-stream")) {
      new RunEvents(this, run, stream).write();
    }
  }

  private void stop(Call call, Path run) throws IOException {
    ObjectNode now = json(run);
    if (!now.path("can_stop").asBoolean()) {
      throw new Refusal(
          409,
          "only a run that goes on can be stopped; this one is %s"
              .formatted(now.path("state").asText()));
    }
    control.stop(run);
    call.json(json(run));
  }

  private void goOn(Call call, Path run) throws IOException {
    ObjectNode now = json(run);
    if (!now.path("can_continue").asBoolean()) {
      throw new Refusal(
          409,
          "only a run that was stopped or died, with something to go on from, can be continued; this one is %s"
              .formatted(now.path("state").asText()));
    }
    control.goOn(now.path("kind").asText().equals("train") ? "train" : "compare", run);
    call.json(json(run));
  }
}
