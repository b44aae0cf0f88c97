package thalweg.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.checkpoint.Safetensors;
import thalweg.lab.BadInput;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.text.Specs;

class CheckpointShapesTest {
  private static final List<Long> WEIGHT = List.of(20L, 30L);
  private static final List<Long> BIAS = List.of(20L);

  @TempDir Path folder;

  private static RawTensor tensor(List<Long> shape, NumberType type) {
    return RawTensor.of(shape, Buffer.allocate(shape.stream().reduce(1L, (a, b) -> a * b), type));
  }

  private static Map<String, RawTensor> model() {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("layer.weight", tensor(WEIGHT, NumberType.BFLOAT16));
    tensors.put("layer.bias", tensor(BIAS, NumberType.FLOAT32));
    tensors.put("norm.running_mean", tensor(BIAS, NumberType.FLOAT32));
    return tensors;
  }

  private static Parameters parameters() {
    return Parameters.of(
        ArrayParameter.of("weight", new float[600], new float[600], 20, 30),
        ArrayParameter.of("bias", new float[20], new float[20]));
  }

  private Trained state(String spec, NumberType states) {
    Path file = folder.resolve("state.safetensors");
    try (Optimizer optimizer =
        Optimizer.over(parameters())
            .otherwise(Specs.parseOptimizer(spec))
            .backend("block")
            .storage(new Storage(states, true, 0))
            .build()) {
      optimizer.step();
      optimizer.state().save(file);
    }
    return Trained.checkpoint(file);
  }

  @Test
  void aModelsTensorsAreItsParametersButForRunningStatistics() {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, model(), Map.of());
    Trained trained = Trained.checkpoint(file);
    assertThat(trained.shapes()).containsExactlyInAnyOrder(WEIGHT, BIAS);
    assertThat(trained.parameters()).isEqualTo(620);
    assertThat(trained.shaped()).isTrue();
    assertThat(trained.notes())
        .containsExactly("Left out: 1 tensors of running statistics, which are not learned.");
  }

  @Test
  void aRunsModelIsFoundBesideItsOptimizer() {
    Path file = folder.resolve("run.safetensors");
    try (Optimizer optimizer = Optimizer.of(Specs.parse("adam"), parameters())) {
      optimizer.step();
      new RunCheckpoint(1, model(), optimizer.state(), Map.of()).save(file);
    }
    assertThat(Trained.checkpoint(file).shapes()).containsExactlyInAnyOrder(WEIGHT, BIAS);
  }

  @Test
  void anOptimizersStateTellsTheShapesOfItsParameters() {
    assertThat(state("adam", NumberType.FLOAT32).shapes()).containsExactlyInAnyOrder(WEIGHT, BIAS);
    assertThat(state("adam", NumberType.FLOAT8).shapes()).containsExactlyInAnyOrder(WEIGHT, BIAS);
    assertThat(state("trace | trace(0.5) | descend(1)", NumberType.FLOAT32).shapes())
        .containsExactlyInAnyOrder(WEIGHT, BIAS);
  }

  @Test
  void aStateThatDoesNotTellTheShapesIsRefused() {
    for (String spec : List.of("sgd", "adafactor")) {
      assertThatThrownBy(() -> state(spec, NumberType.FLOAT32))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("does not tell the shape of 'default/")
          .hasMessageContaining("give the model's file");
    }
  }

  @Test
  void whatTorchSaveWritesIsReadToo() {
    Path recorded =
        Path.of(System.getProperty("basedir", "."), "../parity/src/test/resources/pytorch/adam.pt");
    // a linear layer of 4 to 3, one of 3 to 2 without bias, a scale, and a parameter of its own
    assertThat(Trained.checkpoint(recorded).shapes())
        .containsExactlyInAnyOrder(
            List.of(3L, 4L), List.of(3L), List.of(2L, 3L), List.of(2L), List.of());
  }

  @Test
  void whatIsNoCheckpointIsOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello, this is no checkpoint\n");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path zip = Files.writeString(folder.resolve("broken.pt"), "PK and nothing else");
    Path nothing = folder.resolve("nothing.safetensors");
    Safetensors.write(nothing, Map.of(), Map.of());
    for (Path file : List.of(text, empty, zip, nothing, folder, folder.resolve("absent"))) {
      assertThatThrownBy(() -> Trained.checkpoint(file))
          .as(file.toString())
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("--checkpoint: ")
          .hasMessageContaining(file.toString());
    }
  }
}
