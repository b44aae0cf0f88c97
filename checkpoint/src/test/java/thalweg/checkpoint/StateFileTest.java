package thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.StateTensor;
import thalweg.rules.Adafactor;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;

class StateFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("state.safetensors");
  }

  /** One tensor of every type, and everything else that a state may hold. */
  static OptimizerState everything() {
    Map<String, StateTensor> tensors = new LinkedHashMap<>();
    for (NumberType type : NumberType.values()) {
      int length = 600;
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        values[i] = (i - 300) * 0.001 * (i % 7);
      }
      Buffer buffer = Buffer.allocate(length, type);
      buffer.setAll(values);
      tensors.put(
          "default/adamw/" + type.name().toLowerCase(java.util.Locale.ROOT) + "/layer/0.weight",
          new StateTensor(List.of(20L, 30L), buffer));
    }
    tensors.put("default/adamw/number/w", StateTensor.number(Math.PI));
    tensors.put("default/adamw/group", StateTensor.number(Double.NaN));
    tensors.put("default/adamw/empty/w", StateTensor.of(List.of(0L, 3L)));
    Map<String, Double> progress = new LinkedHashMap<>();
    progress.put("clock/updates", 12.0);
    progress.put("plateau/best", Double.POSITIVE_INFINITY);
    progress.put("plateau/worst", Double.NEGATIVE_INFINITY);
    progress.put("plateau/none", Double.NaN);
    progress.put("zero", -0.0);
    progress.put("third", 1.0 / 3);
    return new OptimizerState(
        tensors,
        Map.of("default/layer/0.weight", 1L << 62, "default/w", 0L),
        Map.of("default/adamw.lr", "cosine_annealing(base=0.1, T_max=200)", "x/y.z", "\"\\\n"),
        progress);
  }

  @Test
  void aStateComesBackToTheBit() {
    OptimizerState state = everything();
    state.save(file());
    OptimizerState loaded = OptimizerState.load(file());
    assertThat(loaded).isEqualTo(state);
    assertThat(Double.doubleToRawLongBits(Objects.requireNonNull(loaded.progress().get("zero"))))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
  }

  @Test
  void eightBitFloatsAreTwoTensors() {
    everything().save(file());
    try (Safetensors read = Safetensors.open(file())) {
      String name = "default/adamw/float8/layer/0.weight";
      assertThat(read.entries().get(name)).hasToString("U8 [20, 30]");
      assertThat(read.entries().get(name + ".scale"))
          .hasToString("F32 [3]"); // 600 elements are 3 blocks of 256
    }
  }

  @Test
  void savingFromTheOptimizersOwnMemoryWritesTheSameFile() throws IOException {
    float[] w = {1, 2, 3};
    float[] g = {1, -2, 3};
    try (var optimizer = Optimizer.of(AdamW.lr(0.1), Parameters.of(ArrayParameter.of("w", w, g)))) {
      optimizer.step();
      optimizer.save(file());
      Path other = folder.resolve("other.safetensors");
      optimizer.state().save(other);
      assertThat(file()).hasSameBinaryContentAs(other);
      OptimizerState saved = OptimizerState.load(file());
      optimizer.step();
      assertThat(saved).isNotEqualTo(optimizer.state());
      optimizer.load(saved);
      assertThat(optimizer.state()).isEqualTo(saved);
    }
  }

  @Test
  void shapesAreThoseOfThePicture() {
    var matrix = new ArrayParameter("m", List.of(4L, 3L), Buffer.of(new float[12]), null);
    try (var optimizer = Optimizer.of(Adafactor.lr(0.1), Parameters.of(matrix))) {
      optimizer.save(file());
    }
    try (Safetensors read = Safetensors.open(file())) {
      assertThat(read.entries().get("default/adafactor/row_var/m")).hasToString("F32 [4]");
      assertThat(read.entries().get("default/adafactor/col_var/m")).hasToString("F32 [3]");
    }
  }

  @Test
  void anotherRulesStateIsRefusedByItsName() {
    float[] w = {1};
    try (var sgd =
            Optimizer.of(
                Sgd.lr(0.1).momentum(0.9),
                Parameters.of(ArrayParameter.of("w", w, new float[] {1})));
        var adam =
            Optimizer.of(AdamW.lr(0.1), Parameters.of(ArrayParameter.of("v", w, new float[1])))) {
      sgd.step();
      sgd.save(file());
      assertThatThrownBy(() -> adam.load(OptimizerState.load(file())))
          .hasMessage("state does not fit: group 'default' is of sgd, here it is of adamw");
    }
  }

  @Test
  void aNewerVersionIsRefusedByItsNumber() throws IOException {
    everything().save(file());
    Path newer = rewritten("\"thalweg.version\":\"1\"", "\"thalweg.version\":\"2\"");
    assertThatThrownBy(() -> OptimizerState.load(newer))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            newer
                + " is of version 2 of the format; this Thalweg reads up to version 1: load it with"
                + " the newer Thalweg that wrote it");
    Path none = rewritten("\"thalweg.version\":\"1\"", "\"thalweg.version\":\"0\"");
    assertThatThrownBy(() -> OptimizerState.load(none))
        .hasMessageContaining("'0' is no version of the format");
  }

  private Path rewritten(String what, String by) throws IOException {
    String text = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(what);
    return Files.write(
        folder.resolve("rewritten.safetensors"),
        text.replace(what, by).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aFileOfAnotherWriterOrKindIsNoState() {
    Safetensors.write(file(), Map.of(), Map.of());
    assertThatThrownBy(() -> OptimizerState.load(file()))
        .hasMessage(
            file()
                + " is a safetensors file, but no optimizer state of Thalweg: its metadata has no"
                + " thalweg.version");
    new RunCheckpoint(3, Map.of(), null, Map.of()).save(file());
    assertThatThrownBy(() -> OptimizerState.load(file()))
        .hasMessage(
            file() + " holds a file of kind 'run', wanted is 'optimizer'; load it as what it is");
  }

  @Test
  void tensorsThatWouldHaveOneNameAreRefused() {
    OptimizerState state = everything();
    state.tensors().put("default/adamw/float8/layer/0.weight.scale", StateTensor.number(1));
    assertThatThrownBy(() -> state.save(file()))
        .hasMessageContaining("give one of the parameters another name");
    assertThat(file()).doesNotExist();
  }

  /** A bit of every byte of the header and of many of the data; cut at many lengths. */
  @Test
  void aFileThatWasAlteredOrCutAnywhereIsRefusedInOneLine() throws IOException {
    OptimizerState state = everything();
    state.save(file());
    byte[] whole = Files.readAllBytes(file());
    Path damaged = folder.resolve("damaged.safetensors");
    for (int at = 0; at < whole.length; at += at < 2000 ? 1 : 37) {
      byte[] altered = whole.clone();
      altered[at] ^= (byte) (1 << at % 8);
      refused(damaged, altered, "bit of byte " + at);
    }
    for (int length = 0; length < whole.length; length += length < 2000 ? 19 : 211) {
      refused(damaged, java.util.Arrays.copyOf(whole, length), "length " + length);
    }
    refused(damaged, java.util.Arrays.copyOf(whole, whole.length + 1), "one more");
    assertThat(OptimizerState.load(file())).isEqualTo(state);
  }

  private static void refused(Path file, byte[] bytes, String what) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> OptimizerState.load(file))
        .as(what)
        .isInstanceOf(CheckpointException.class)
        .message()
        .as(what)
        .contains(file.toString())
        .doesNotContain("\n");
  }

  /** Committed: whatever comes, version 1 is read. */
  @Test
  void aFileOfVersion1IsReadAndWrittenAsItAlwaysWas() throws IOException {
    OptimizerState state = golden();
    Path written = folder.resolve("written.safetensors");
    state.save(written);
    try (InputStream recorded =
        Objects.requireNonNull(
            StateFileTest.class.getResourceAsStream("state-version-1.safetensors"))) {
      Files.write(file(), recorded.readAllBytes());
    }
    assertThat(OptimizerState.load(file())).isEqualTo(state);
    assertThat(written).hasSameBinaryContentAs(file());
  }

  /** Of exact numbers: what the file in the resources holds. */
  static OptimizerState golden() {
    Map<String, StateTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "default/adamw/exp_avg/encoder.0.weight",
        new StateTensor(
            List.of(2L, 3L), Buffer.of(new float[] {1, -2, 0.5f, 1e-40f, -0.0f, 65504})));
    tensors.put(
        "default/adamw/exp_avg_sq/encoder.0.weight",
        StateTensor.of(List.of(2L, 3L), 1, 4, 0.25, 1e-80, 0, 4290774016.0));
    Buffer bf16 = Buffer.allocate(3, NumberType.BFLOAT16);
    bf16.setAll(new double[] {1, -3, 0.5});
    tensors.put("default/adamw/exp_avg/bias", new StateTensor(List.of(3L), bf16));
    Buffer float8 = Buffer.allocate(300, NumberType.FLOAT8);
    double[] eighths = new double[300];
    for (int i = 0; i < 300; i++) {
      eighths[i] = 1 + i % 8 / 8.0;
    }
    float8.setAll(eighths);
    tensors.put("default/adamw/exp_avg_sq/bias", new StateTensor(List.of(300L), float8));
    tensors.put("default/adamw/mu_product/bias", StateTensor.number(0.9));
    Map<String, Long> updates = new LinkedHashMap<>();
    updates.put("default/encoder.0.weight", 12L);
    updates.put("default/bias", 3L);
    Map<String, String> hypers = new LinkedHashMap<>();
    hypers.put("default/adamw.lr", "0.001");
    hypers.put("default/adamw.maximize", "false");
    Map<String, Double> progress = new LinkedHashMap<>();
    progress.put("clock/updates", 12.0);
    progress.put("plateau/best", Double.POSITIVE_INFINITY);
    return new OptimizerState(tensors, updates, hypers, progress);
  }
}
