package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataRequest;
import thalweg.lab.train.StopRequest;
import thalweg.torch.Batching;
import thalweg.torch.RunLog;

/** A comparison that was stopped and goes on. */
class ComparisonGoingOnTest {
  private static final Map<String, String> OPTIONS = Map.of("data", "iris", "epochs", "3");
  private static final ComparisonRun ASKED =
      new ComparisonRun(
          DataRequest.named("iris").seed(5).prepare(),
          List.of("adam", "sgd(lr=1e38)", "sgd(momentum=0.9)"),
          "mlp(hidden=[4], dropout=0.3)",
          null,
          List.of(new Batching.Mini(32)),
          3,
          2,
          5,
          List.of(0.01, 1e30),
          1);

  private final List<String> told = new ArrayList<>();

  @TempDir Path folder;

  private static Comparison run(ComparisonListener listener) {
    return ASKED.run(Progress.Look.NOTHING, listener, "test", "./thalweg compare iris");
  }

  /** All but what was measured by the clock. */
  private static JsonNode numbers(Comparison comparison) throws IOException {
    JsonNode json = new JsonMapper().readTree(ComparisonJson.compact(comparison));
    for (JsonNode run : json.findValues("runs")) {
      run.forEach(one -> ((ObjectNode) one).remove(List.of("seconds", "milliseconds_per_step")));
    }
    ((ObjectNode) json.path("environment")).remove("date");
    return json;
  }

  /** Tells a log, and asks for the end in the folder after so many epochs. */
  private static final class Stopping implements ComparisonListener {
    private final ComparisonLog log;
    private final Path folder;
    private int epochs;

    Stopping(ComparisonLog log, Path folder, int epochs) {
      this.log = log;
      this.folder = folder;
      this.epochs = epochs;
    }

    @Override
    public void onStart(ComparisonStart start) {
      log.onStart(start);
    }

    @Override
    public Optional<Trained> finished(Attempt attempt) {
      return log.finished(attempt);
    }

    @Override
    public boolean isStopped() {
      if (epochs > 0) {
        return false;
      }
      while (!log.isStopped()) {
        Thread.onSpinWait(); // it looks some times a second
      }
      return true;
    }

    @Override
    public void onEpoch(Attempt attempt, RunLog.Epoch epoch, double done) {
      log.onEpoch(attempt, epoch, done);
      if (--epochs == 0) {
        StopRequest.ask(folder);
      }
    }

    @Override
    public void onRun(Attempt attempt, Trained trained) {
      log.onRun(attempt, trained);
    }

    @Override
    public void onRate(String id, double rate) {
      log.onRate(id, rate);
    }

    @Override
    public void onStop() {
      log.onStop();
    }
  }

  private void stopAfter(ComparisonLog log, int epochs) {
    assertThatThrownBy(
            () -> {
              try (log) {
                run(new Stopping(log, folder, epochs));
              }
            })
        .isInstanceOf(CancellationException.class);
  }

  private List<JsonNode> lines(String kind) throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("log.jsonl"))) {
      JsonNode node = mapper.readTree(line);
      if (node.path("kind").asText().equals(kind)) {
        lines.add(node);
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 13})
  void whatWasStoppedAndGoesOnEndsWithTheSameNumbers(int epochs) throws IOException {
    stopAfter(ComparisonLog.begin(folder, OPTIONS, told::add), epochs);
    assertThat(lines("end").getFirst().path("ending").asText()).isEqualTo("cancelled");
    assertThat(told)
        .containsExactly(
            "stopped; finished runs are kept, go on with ./thalweg compare --resume " + folder);
    int before = lines("run").size();
    stopAfter(ComparisonLog.goingOn(folder, told::add), 4);
    assertThat(lines("run").size()).isGreaterThan(before);
    Comparison whole;
    try (ComparisonLog log = ComparisonLog.goingOn(folder, told::add)) {
      assertThat(log.options()).isEqualTo(OPTIONS);
      whole = run(log);
    }
    assertThat(numbers(whole)).isEqualTo(numbers(run(ComparisonListener.NONE)));
    assertThat(lines("run")).as("none twice, none missing").hasSize(5 + 3 * 2);
    assertThat(lines("start")).hasSize(3);
    assertThat(lines("end")).hasSize(1);
  }

  @Test
  void ofWhatIsDoneNothingIsRunAgain() throws IOException {
    Comparison first;
    try (ComparisonLog log = ComparisonLog.begin(folder, OPTIONS, told::add)) {
      first = run(log);
    }
    int epochs = lines("epoch").size();
    try (ComparisonLog log = ComparisonLog.goingOn(folder, told::add)) {
      Comparison again = run(log);
      assertThat(again.optimizers()).as("times too").isEqualTo(first.optimizers());
    }
    assertThat(lines("epoch")).hasSize(epochs);
  }

  @Test
  void theLastLineOfAKilledProcessIsPassedOver() throws IOException {
    stopAfter(ComparisonLog.begin(folder, OPTIONS, told::add), 8);
    Path file = folder.resolve("log.jsonl");
    Files.writeString(file, "{\"kind\":\"run\",\"opti", StandardOpenOption.APPEND);
    try (ComparisonLog log = ComparisonLog.goingOn(folder, told::add)) {
      assertThat(numbers(run(log))).isEqualTo(numbers(run(ComparisonListener.NONE)));
    }
    assertThat(lines("run")).hasSize(5 + 3 * 2);
  }

  @Test
  void aFolderWithoutAComparisonIsRefused() throws IOException {
    assertThatThrownBy(() -> ComparisonLog.goingOn(folder, told::add))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("there is no comparison in " + folder);
    Files.writeString(folder.resolve("log.jsonl"), "{\"kind\":\"start\",\"format\":\"run/1\"}\n");
    assertThatThrownBy(() -> ComparisonLog.goingOn(folder, told::add))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("does not say what a comparison was asked for");
  }
}
