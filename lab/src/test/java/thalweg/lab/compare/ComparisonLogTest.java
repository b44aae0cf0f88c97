package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataRequest;
import thalweg.lab.train.FolderLock;
import thalweg.torch.Batching;

class ComparisonLogTest {
  static final Map<String, String> OPTIONS = Map.of("data", "iris");

  private final List<String> told = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void everyEpochOfEveryRunIsALineAsItComes() throws IOException {
    Path run = folder.resolve("runs/one");
    Comparison result;
    try (ComparisonLog log = ComparisonLog.begin(run, OPTIONS, told::add)) {
      result = compared(log, "adam", "sgd(lr=1e38)");
      assertThat(FolderLock.isHeld(run)).isTrue();
    }
    assertThat(FolderLock.isHeld(run)).isFalse();
    assertThat(told).as("of what is done nothing is left to go on with").isEmpty();
    List<JsonNode> lines = lines(run);
    JsonNode start = lines.getFirst();
    assertThat(start.path("format").asText()).isEqualTo("comparison-run/1");
    assertThat(start.path("optimizers").toString()).isEqualTo("[\"adam\",\"sgd(lr=1e38)\"]");
    assertThat(start.path("metric").asText()).isEqualTo("accuracy");
    assertThat(lines.getLast().path("ending").asText()).isEqualTo("completed");

    List<JsonNode> reported = of(lines, "epoch", "adam", "reported");
    List<Double> losses = result.optimizers().getFirst().runs().getFirst().validationLoss();
    assertThat(reported).hasSize(2 * losses.size()); // of two seeds
    assertThat(reported.getFirst().path("validation_loss").asDouble()).isEqualTo(losses.getFirst());
    assertThat(reported.getFirst().path("seed").asLong()).isEqualTo(6);
    assertThat(of(lines, "epoch", "adam", "choosing")).hasSize(2 * 2); // of two rates
    assertThat(
            of(lines, "run", "sgd(lr=1e38)", "warming_up")
                .getFirst()
                .path("diverged_at_step")
                .isInt())
        .isTrue();
    double done = 0;
    for (JsonNode line : lines) {
      if (line.path("kind").asText().equals("epoch")) {
        assertThat(line.path("done").asDouble()).isGreaterThan(done).isLessThanOrEqualTo(1);
        done = line.path("done").asDouble();
        assertThat(line.path("resident_bytes").asLong()).isPositive();
      }
    }
    assertThat(
            lines.stream()
                .filter(line -> line.path("kind").asText().equals("chosen"))
                .map(line -> line.path("rate").asDouble()))
        .containsExactly(result.optimizers().get(0).rate(), 1e38);
  }

  @Test
  void aFolderWithARunIsRefusedBeforeAnythingIsDone() throws IOException {
    Files.writeString(folder.resolve("log.jsonl"), "");
    assertThatThrownBy(() -> ComparisonLog.begin(folder, OPTIONS, told::add))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("there is a run in " + folder + " already");
  }

  @Test
  void whatCannotBeComparedLeavesNoFolder() {
    Path run = folder.resolve("none");
    assertThatThrownBy(
            () -> {
              try (ComparisonLog log = ComparisonLog.begin(run, OPTIONS, told::add)) {
                compared(log, "nonsense");
              }
            })
        .hasMessageContaining("nonsense");
    assertThat(run).doesNotExist();
  }

  private static Comparison compared(ComparisonLog log, String... specs) {
    return new ComparisonRun(
            DataRequest.named("iris").seed(5).prepare(),
            List.of(specs),
            "linear",
            null,
            List.of(new Batching.Mini(32)),
            2,
            2,
            5,
            List.of(0.01, 0.1),
            1)
        .run(Progress.Look.NOTHING, log, "test", "./thalweg compare iris");
  }

  private static List<JsonNode> lines(Path run) throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }

  private static List<JsonNode> of(
      List<JsonNode> lines, String kind, String optimizer, String purpose) {
    return lines.stream()
        .filter(line -> line.path("kind").asText().equals(kind))
        .filter(line -> line.path("optimizer").asText().equals(optimizer))
        .filter(line -> line.path("purpose").asText().equals(purpose))
        .toList();
  }
}
