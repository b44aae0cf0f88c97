package thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.checkpoint.CheckpointException;
import thalweg.memory.Buffer;

/** Files that PyTorch has written, by parity/pytorch/record_checkpoints.py. */
class TorchArchiveTest {
  private static final Path FILES =
      Path.of(System.getProperty("basedir", ".")).resolve("src/test/resources/pytorch");

  @TempDir Path folder;

  private static TorchTensor get(Map<String, TorchTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static double number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Test
  void everyTensorIsReadExactly() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(FILES.resolve("tensors.json").toFile());
    Map<String, TorchTensor> tensors = PyTorch.tensors(FILES.resolve("tensors.pt"));
    assertThat(tensors).hasSize(expected.size()).hasSizeGreaterThan(15);
    for (var entry : expected.properties()) {
      TorchTensor tensor = get(tensors, entry.getKey());
      List<Long> shape =
          entry.getValue().path("shape").valueStream().map(JsonNode::asLong).toList();
      assertThat(tensor.shape()).as(entry.getKey()).isEqualTo(shape);
      assertThat(tensor.type().dtype()).isEqualTo(entry.getValue().path("dtype").asText());
      double[] values =
          entry
              .getValue()
              .path("values")
              .valueStream()
              .mapToDouble(value -> number(value.asText()))
              .toArray();
      assertThat(tensor.toDoubles()).as(entry.getKey()).containsExactly(values);
    }
  }

  @Test
  void aTransposedViewIsReadInItsOwnOrder() {
    // arange(24) as 4 rows of 6, transposed: 6 rows of 4, of which the first is 0, 6, 12, 18
    TorchTensor transposed = get(PyTorch.tensors(FILES.resolve("tensors.pt")), "shared.transposed");
    assertThat(Arrays.copyOf(transposed.toDoubles(), 5)).containsExactly(0, 6, 12, 18, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers.pt",
        "containers_protocol3.pt",
        "containers_protocol4.pt",
        "containers_protocol5.pt"
      })
  void containersAreReadFromEveryProtocol(String file) {
    Pickled.Dict dict = (Pickled.Dict) TorchFile.open(FILES.resolve(file)).content();
    assertThat(dict.get("none")).contains(Pickled.None.NONE);
    assertThat(dict.get("true")).contains(new Pickled.Flag(true));
    assertThat(items(dict, "whole"))
        .containsExactly(
            Pickled.Whole.of(0),
            Pickled.Whole.of(255),
            Pickled.Whole.of(65535),
            Pickled.Whole.of(-1),
            Pickled.Whole.of(1L << 31),
            Pickled.Whole.of(-(1L << 40)),
            Pickled.Whole.of(1L << 62),
            new Pickled.Whole(BigInteger.ONE.shiftLeft(70)));
    assertThat(items(dict, "real"))
        .containsExactly(
            new Pickled.Real(0.1),
            new Pickled.Real(Double.NEGATIVE_INFINITY),
            new Pickled.Real(1e300));
    assertThat(dict.get("text")).contains(new Pickled.Words("naïve Δ " + "x".repeat(300)));
    assertThat(items(dict, "tuple")).hasSize(5);
    assertThat(items(dict, "set")).containsExactly(Pickled.Whole.of(1));
    assertThat(items(dict, "size")).containsExactly(Pickled.Whole.of(2), Pickled.Whole.of(3));
    assertThat(dict.get("again")).isEqualTo(dict.get("whole"));
    assertThat(dict.entries())
        .containsEntry(Pickled.Whole.of(5), new Pickled.Words("a key that is a number"));
    assertThat(((Pickled.Dict) dict.get("ordered").orElseThrow()).entries().keySet())
        .containsExactly(new Pickled.Words("b"), new Pickled.Words("a"));
    assertThat(((Pickled.Dict) dict.get("counted").orElseThrow()).get("k")).isPresent();
  }

  private static List<Pickled> items(Pickled.Dict dict, String key) {
    return ((Pickled.Sequence) dict.get(key).orElseThrow()).items();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          os_system.pt     | wants to call posix.system; only tensors, numbers and containers are read
          eval.pt          | wants to call builtins.eval; only
          custom_class.pt  | wants to call __main__.Config; only
          namespace.pt     | wants to call argparse.Namespace; only
          numpy_number.pt  | wants to call numpy._core.multiarray.scalar; only
          whole_module.pt  | wants to call torch.nn.modules.linear.Linear; only
          sparse_tensor.pt | wants to call torch._utils._rebuild_sparse_tensor; only
          function.pt      | wants to call builtins.getattr; only
          before_1_6.pt    | has the format of PyTorch before 1.6; load it in Python and save it again
          torchscript.pt   | is a TorchScript archive, which is a program; save a state_dict
          """)
  void whatIsMoreThanTensorsNumbersAndContainersIsRefusedByName(String file, String message) {
    Path path = FILES.resolve("refused").resolve(file);
    assertThatThrownBy(() -> PyTorch.tensors(path))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void whatIsNoCheckpointAtAllIsSaidInOneLine() throws IOException {
    refused(folder, "is a folder; give a file");
    refused(folder.resolve("absent.pt"), "there is no such file");
    refused(written(), "is not a checkpoint of torch.save: it is no zip file");
    refused(written("PK".getBytes(StandardCharsets.UTF_8)), "has no end; was it copied whole?");
    refused(written("{\"lr\": 1}".getBytes(StandardCharsets.UTF_8)), "is no zip file");
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      stored(out, "a/readme.txt", "hello".getBytes(StandardCharsets.UTF_8));
    }
    refused(zip, "is a zip file, but no checkpoint of torch.save: it has no data.pkl");
  }

  private Path written(byte... bytes) throws IOException {
    return Files.write(folder.resolve("altered.pt"), bytes);
  }

  private static void refused(Path path, String message) {
    assertThatThrownBy(() -> PyTorch.read(path))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("adam.pt"));
    for (int length = 0; length < whole.length; length += 7) {
      Path cut = written(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> readAll(cut)).isInstanceOf(CheckpointException.class);
    }
  }

  @Test
  void anAlteredTensorIsNoticed() throws IOException {
    Path tensors = FILES.resolve("tensors.pt");
    byte[] whole = Files.readAllBytes(tensors);
    byte[] looked = {0, 0, (byte) 0xc0, 0x3f}; // 1.5f, the first element of the first tensor
    int at = 0;
    while (!Arrays.equals(looked, Arrays.copyOfRange(whole, at, at + 4))) {
      at++;
    }
    whole[at] ^= 1;
    Path altered = written(whole);
    assertThatThrownBy(() -> readAll(altered))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is damaged: the checksum of data/0 is wrong");
  }

  @Test
  void noAlterationMakesAnythingButAReadingOrARefusal() throws IOException {
    Random random = new Random(5);
    int refused = 0;
    for (String name : List.of("adam.pt", "tensors.pt", "containers_protocol4.pt")) {
      byte[] whole = Files.readAllBytes(FILES.resolve(name));
      Path altered = folder.resolve("altered.pt");
      for (int trial = 0; trial < 3000; trial++) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
          // half of them in the pickle, which comes first
          int at = random.nextInt(random.nextBoolean() ? bytes.length : 1400);
          bytes[at] =
              (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ 1 << random.nextInt(8));
        }
        Files.write(altered, withoutChecksums(bytes));
        try {
          readAll(altered);
        } catch (CheckpointException e) {
          refused++;
          assertThat(e.getMessage()).contains("altered.pt").doesNotContain("\n");
        }
      }
    }
    assertThat(refused).isBetween(1000, 8999);
  }

  /** So that alterations get past them: 0 stands for one that was not computed. */
  private static byte[] withoutChecksums(byte[] zip) {
    for (int i = 0; i < zip.length - 46; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        Arrays.fill(zip, i + 16, i + 20, (byte) 0);
      }
    }
    return zip;
  }

  private static void readAll(Path file) {
    TorchFile read = TorchFile.open(file);
    if (read.content() instanceof Pickled.Dict dict) {
      for (Pickled value : dict.entries().values()) {
        if (value instanceof Pickled.Tensor(TorchTensor tensor)) {
          assertThat(tensor.values().length()).isEqualTo(tensor.length());
        }
      }
      if (dict.get("param_groups").isPresent()) {
        for (var group : read.optimizer("").groups()) {
          for (var parameter : group.parameters()) {
            parameter.state().values().forEach(TorchTensor::values);
          }
        }
      }
    }
  }

  @Test
  void aStorageWithoutChecksumIsRead() throws IOException {
    // torch.serialization.set_crc32_options(False) writes 0
    Path file = written(withoutChecksums(Files.readAllBytes(FILES.resolve("tensors.pt"))));
    assertThat(get(PyTorch.tensors(file), "parameter").toDoubles()).containsExactly(0.25, 0.5);
  }

  @Test
  void numbersOfTheOtherByteOrderAreTurnedRound() throws IOException {
    Path turned = folder.resolve("big.pt");
    Map<String, Integer> widths = Map.of("float32", 4, "float64", 8, "bfloat16", 2, "int32", 4);
    Map<String, TorchTensor> little = PyTorch.tensors(FILES.resolve("tensors.pt"));
    List<String> names = List.copyOf(little.keySet());
    try (ZipFile from = new ZipFile(FILES.resolve("tensors.pt").toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(turned))) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("/byteorder")) {
          bytes = "big".getBytes(StandardCharsets.UTF_8);
        }
        for (int i = 0; i < names.size(); i++) {
          // each of the first tensors has a storage of its own, in their order
          Integer width = widths.get(names.get(i));
          if (width != null && entry.getName().endsWith("/data/" + i)) {
            reverse(bytes, width);
          }
        }
        stored(out, entry.getName(), bytes);
      }
    }
    Map<String, TorchTensor> big = PyTorch.tensors(turned);
    widths
        .keySet()
        .forEach(name ->
            assertThat(get(big, name).toDoubles())
                .as(name)
                .containsExactly(get(little, name).toDoubles()));
  }

  private static void reverse(byte[] bytes, int width) {
    for (int start = 0; start < bytes.length; start += width) {
      for (int i = 0; i < width / 2; i++) {
        byte swapped = bytes[start + i];
        bytes[start + i] = bytes[start + width - 1 - i];
        bytes[start + width - 1 - i] = swapped;
      }
    }
  }

  private static void stored(ZipOutputStream out, String name, byte... bytes) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    try {
      out.putNextEntry(entry);
      out.write(bytes);
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anOptimizersStateIsFoundWithItsOptions() {
    TorchOptimizerState state = PyTorch.read(FILES.resolve("adam.pt"));
    assertThat(state.groups()).hasSize(2);
    assertThat(state.isNamed()).isFalse();
    assertThat(state.groups().get(0).options())
        .containsEntry("lr", 0.01)
        .containsEntry("betas", List.of(0.8, 0.97))
        .containsEntry("amsgrad", true)
        .containsEntry("foreach", false)
        .containsEntry("weight_decay", 0L);
    assertThat(state.groups().get(1).options()).containsEntry("lr", 0.003);
    // encoder.0.weight and decoder.weight; encoder.0.bias, scale, and late, which has no state yet
    assertThat(state.groups().get(1).parameters())
        .extracting(TorchOptimizerState.Entry::index)
        .containsExactly(2L, 3L, 4L);
    assertThat(state.groups().get(0).parameters().get(1).state().keySet())
        .containsExactly("step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq");
    assertThat(get(state.groups().get(0).parameters().get(1).state(), "exp_avg").shape())
        .containsExactly(2L, 3L);
    assertThat(state.groups().get(1).parameters().get(2).state()).isEmpty();
    assertThat(get(state.groups().get(1).parameters().get(1).state(), "step").toDoubles())
        .containsExactly(7.0);
  }

  @Test
  void whatIsLookedForAndNotThereIsSaid() {
    refused(
        FILES.resolve("tensors.pt"),
        "has not an optimizer's state_dict (state and param_groups); it is a dict of float32,"
            + " float64");
    assertThatThrownBy(() -> PyTorch.read(FILES.resolve("adam.pt"), "optimizer"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("at 'optimizer'");
    assertThatThrownBy(() -> PyTorch.tensors(FILES.resolve("containers.pt")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has not a model's state_dict (a dict of tensors)");
  }

  @Test
  void sizesOf64BitsAreReadWhereThoseOf32AreFull() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("tensors.pt"));
    ByteBuffer zip = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int end = whole.length - 22;
    int count = zip.getShort(end + 10);
    int start = zip.getInt(end + 16);
    ByteBuffer wide = ByteBuffer.allocate(2 * whole.length).order(ByteOrder.LITTLE_ENDIAN);
    wide.put(whole, 0, start);
    for (int i = 0, at = start; i < count; i++) {
      // the entry with 32 full bits for both sizes and the place, which follow behind the name
      int name = zip.getShort(at + 28);
      int old = zip.getShort(at + 30);
      wide.put(whole, at, 20).putInt(-1).putInt(-1).putShort((short) name).putShort((short) 28);
      wide.put(whole, at + 32, 10).putInt(-1).put(whole, at + 46, name);
      wide.putShort((short) 1).putShort((short) 24);
      wide.putLong(zip.getInt(at + 24)).putLong(zip.getInt(at + 20)).putLong(zip.getInt(at + 42));
      at += 46 + name + old + zip.getShort(at + 32);
    }
    int end64 = wide.position();
    wide.putInt(0x06064b50).putLong(44).putInt(0x002d002d).putLong(0);
    wide.putLong(count).putLong(count).putLong(end64 - start).putLong(start);
    wide.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
    wide.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    Path file = written(Arrays.copyOf(wide.array(), wide.position()));
    Map<String, TorchTensor> read = PyTorch.tensors(file);
    PyTorch.tensors(FILES.resolve("tensors.pt"))
        .forEach((name, tensor) ->
            assertThat(get(read, name).toDoubles()).containsExactly(tensor.toDoubles()));
  }

  @Test
  void anAlteredExportIsReadOrRefused() throws IOException {
    Path export =
        FILES.resolve("../../../../../parity/src/test/resources/pytorch/adamw_export.safetensors");
    byte[] whole = Files.readAllBytes(export);
    Path altered = folder.resolve("altered.safetensors");
    Random random = new Random(6);
    int refused = 0;
    for (int trial = 0; trial < 3000; trial++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= trial % 3; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(altered, bytes);
      try {
        for (var group : PyTorch.read(altered).groups()) {
          for (var parameter : group.parameters()) {
            parameter.state().values().forEach(TorchTensor::values);
          }
        }
      } catch (CheckpointException e) {
        refused++;
        assertThat(e.getMessage()).contains("altered.safetensors").doesNotContain("\n");
      }
    }
    assertThat(refused).isBetween(500, 2999);
  }

  /** A tensor of six numbers as it is pickled, with one of the ints in it replaced. */
  private Path tensorWith(int which, int instead) throws IOException {
    TorchTensor six =
        new TorchTensor(
            TorchType.FLOAT32, List.of(2L, 3L), () -> Buffer.of(new float[] {0, 1, 2, 3, 4, 5}));
    PickleWriter pickle = new PickleWriter();
    pickle.write(Map.of("w", six));
    ByteBuffer bytes = ByteBuffer.wrap(pickle.finish()).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int at = 0; at < bytes.limit() - 4; at++) {
      // BININT: the storage's length, the offset, two sizes, two strides
      if (bytes.get(at) == 'J' && found++ == which) {
        bytes.putInt(at + 1, instead);
      }
    }
    assertThat(found).isEqualTo(6);
    Path file = folder.resolve("tensor.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      stored(out, "a/data.pkl", bytes.array());
      ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 6; i++) {
        data.putFloat(i);
      }
      stored(out, "a/data/0", data.array());
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 5          | storage '0' has 24 bytes, not 5 elements of float32
          0 | 2000000000 | storage '0' has 24 bytes, not 2000000000 elements of float32
          0 | -1         | a size is -1
          1 | 1          | more than its storage of 6 elements
          2 | 3          | more than its storage of 6 elements
          3 | 4          | more than its storage of 6 elements
          3 | 2000000000 | more than its storage of 6 elements
          4 | 4          | more than its storage of 6 elements
          4 | -3         | a size is -3
          5 | 2          | more than its storage of 6 elements
          """)
  void aTensorThatIsMoreThanItsStorageIsRefused(int which, int instead, String message)
      throws IOException {
    assertThat(get(PyTorch.tensors(tensorWith(1, 0)), "w").toDoubles())
        .containsExactly(0, 1, 2, 3, 4, 5);
    Path file = tensorWith(which, instead);
    assertThatThrownBy(() -> PyTorch.tensors(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tensor.pt is damaged")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsRepeatedWithoutEndIsRefused() throws IOException {
    // stride 0 repeats one number; 2 · 10⁹ of it would be 8 GB out of 24 bytes
    Path file = tensorWith(2, 2_000_000_000);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int strides = 0;
    for (int at = 0; at < bytes.length - 4; at++) {
      if (bytes[at] == 'J' && zip.getInt(at + 1) == 3 && ++strides == 2) {
        zip.putInt(at + 1, 0);
      }
    }
    assertThat(strides).isEqualTo(2);
    Path repeated = written(withoutChecksums(bytes));
    assertThatThrownBy(() -> PyTorch.tensors(repeated))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("[2000000000, 3] and strides [0, 1] is more than its storage");
  }
}
