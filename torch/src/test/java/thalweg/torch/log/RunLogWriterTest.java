package thalweg.torch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.Checkpoints;
import thalweg.optimizer.Optimizer;
import thalweg.text.Specs;
import thalweg.torch.Activation;
import thalweg.torch.Averaging;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Mlp;
import thalweg.torch.RunLog;
import thalweg.torch.Samples;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.TrainingListener;

/** A run in JSON lines. */
class RunLogWriterTest {
  @TempDir Path folder;

  private static Samples samples() {
    float[] features = new float[80];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      labels[i] = i % 2;
      features[2 * i] = (float) Math.sin(3 * i) + labels[i];
      features[2 * i + 1] = (float) Math.cos(7 * i);
    }
    return Samples.classification(2, features, labels, 2);
  }

  /** Five updates an epoch. */
  private RunLog run(String spec, int epochs, long stopAt, TrainingListener... listeners) {
    Mlp model = Mlp.of(new Mlp.Shape(2, List.of(4), 2, Activation.TANH), 3);
    long[] step = {0};
    try (Feed feed = new Feed(samples(), new Batching.Mini(8), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse(spec), TorchParameters.of(model))) {
      Training training =
          Training.of(model, feed, samples(), epochs)
              .averageWeights(new Averaging.Swa(2))
              .checkpoints(Checkpoints.in(folder.resolve("checkpoints")), 4)
              .cancelWhen(() -> step[0] >= stopAt)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onStep(long number, double loss) {
                      step[0] = number;
                    }
                  });
      for (TrainingListener listener : listeners) {
        training = training.listener(listener);
      }
      return training.run(optimizer, spec);
    }
  }

  private static List<JsonNode> read(Path file) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }

  private static List<Long> numbers(List<JsonNode> lines, String kind, String field) {
    return lines.stream()
        .filter(line -> line.get("kind").asText().equals(kind))
        .map(line -> line.get(field).asLong())
        .toList();
  }

  @Test
  void everyLineIsOneObjectAndSaysWhatWasDone() throws Exception {
    Path file = folder.resolve("logs/run.jsonl");
    RunLog log;
    try (RunLogWriter writer = new RunLogWriter(file, 2)) {
      log = run("sgd(lr=0.1)", 3, Long.MAX_VALUE, writer);
    }
    List<JsonNode> lines = read(file);
    JsonNode start = lines.getFirst();
    assertThat(start.get("format").asText()).isEqualTo("run/1");
    assertThat(start.get("settings").get("optimizer").asText()).isEqualTo("sgd(lr=0.1)");
    assertThat(start.get("settings").get("averaging").asText()).isEqualTo("swa(from_epoch=2)");
    assertThat(start.get("parameters").asInt()).isEqualTo(2 * 4 + 4 + 4 * 2 + 2);
    assertThat(start.get("learned").asInt()).isEqualTo(start.get("parameters").asInt());
    assertThat(start.get("total_steps").asLong()).isEqualTo(15);
    assertThat(start.get("validation").get("loss").asDouble()).isEqualTo(log.start().loss());
    assertThat(numbers(lines, "step", "step")).containsExactly(2L, 4L, 6L, 8L, 10L, 12L, 14L);
    assertThat(numbers(lines, "epoch", "step")).containsExactly(5L, 10L, 15L);
    assertThat(numbers(lines, "checkpoint", "step")).containsExactly(4L, 8L, 12L, 15L);
    JsonNode step = lines.get(1);
    assertThat(step.get("lr").asDouble()).isEqualTo(0.1);
    assertThat(step.get("gradient_norm").asDouble()).isPositive();
    assertThat(step.get("forward_backward_ms").asDouble()).isPositive();
    JsonNode epoch =
        lines.stream().filter(line -> line.has("validation") && line.has("step")).toList().get(2);
    assertThat(epoch.get("validation").get("accuracy").asDouble())
        .isEqualTo(log.epochs().getLast().metric());
    assertThat(epoch.get("averaged").get("loss").asDouble()).isEqualTo(log.last().loss());
    assertThat(epoch.get("training").isNull()).isTrue();
    assertThat(epoch.get("resident_bytes").asLong()).isPositive();
    JsonNode end = lines.getLast();
    assertThat(end.get("ending").asText()).isEqualTo("completed");
    assertThat(end.get("optimizer_share").asDouble()).isEqualTo(log.optimizerShare());
    assertThat(log.optimizerShare()).isBetween(0.0, 1.0);
  }

  @Test
  void aRunThatGoesOnLogsNoStepTwice() throws Exception {
    Path file = folder.resolve("run.jsonl");
    try (RunLogWriter writer = new RunLogWriter(file, 1)) {
      run("sgd(lr=0.1)", 3, 7, writer);
    }
    // as if it had been killed behind its checkpoint, in the middle of a line
    Files.delete(folder.resolve("checkpoints/step-000000007.safetensors"));
    Files.writeString(file, Files.readString(file) + "{\"kind\": \"step\", \"st");
    try (RunLogWriter writer = new RunLogWriter(file, 1)) {
      run("sgd(lr=0.1)", 3, Long.MAX_VALUE, writer);
    }
    List<JsonNode> lines = read(file);
    assertThat(numbers(lines, "step", "step"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(numbers(lines, "epoch", "epoch")).containsExactly(1L, 2L, 3L);
    assertThat(numbers(lines, "start", "resumed_step")).containsExactly(0L, 4L);
  }

  @Test
  void aDivergedRunSaysWhere() throws Exception {
    Path file = folder.resolve("run.jsonl");
    try (RunLogWriter writer = new RunLogWriter(file, 1)) {
      run("sgd(lr=1e38)", 30, Long.MAX_VALUE, writer);
    }
    JsonNode end = read(file).getLast();
    assertThat(end.get("ending").asText()).isEqualTo("diverged");
    assertThat(end.get("loss").isNull()).isTrue(); // JSON has no NaN
    assertThat(end.has("gradient_norm")).isTrue();
  }

  @Test
  void textIsQuoted() throws Exception {
    String line = new JsonLine().put("a", "\"\\\n\u0001é").put("b", List.of(1, true)).toString();
    assertThat(line).isEqualTo("{\"a\": \"\\\"\\\\\\u000a\\u0001é\", \"b\": [1, true]}");
    assertThat(new JsonMapper().readTree(line).get("a").asText()).isEqualTo("\"\\\n\u0001é");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
    Path file = folder.resolve("file");
    Files.writeString(file, "");
    try (RunLogWriter writer = new RunLogWriter(file.resolve("run.jsonl"), 1)) {
      assertThatThrownBy(() -> run("sgd(lr=0.1)", 1, 1, writer))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot write the run's log ");
    }
    assertThatThrownBy(() -> new RunLogWriter(file, 0))
        .hasMessage("RunLogWriter.everySteps must be >= 1, got 0");
  }
}
