package thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import thalweg.optimizer.StateTensor;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("x.safetensors");
  }

  /** The layout of the format's description: length, JSON, bytes. */
  @Test
  void aFileIsAHeadersLengthAHeaderAndTheTensors() throws IOException {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("b", RawTensor.of(List.of(2L), Buffer.of(new float[] {1, -2})));
    tensors.put("a", RawTensor.of(List.of(), Buffer.of(new double[] {0.5})));
    Safetensors.write(file(), tensors, Map.of("by", "hand"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong());
    assertThat((Long.BYTES + length) % 8).isZero();
    byte[] header = new byte[length];
    bytes.get(header);
    // doubles first, so that all elements are aligned
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .matches(
            "\\{\"__metadata__\":\\{\"thalweg.checksum\":\"sha256:[0-9a-f]{64}\",\"by\":\"hand\"},"
                + "\"a\":\\{\"dtype\":\"F64\",\"shape\":\\[],\"data_offsets\":\\[0,8]},"
                + "\"b\":\\{\"dtype\":\"F32\",\"shape\":\\[2],\"data_offsets\":\\[8,16]}}");
    assertThat(bytes.getDouble()).isEqualTo(0.5);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.getFloat()).isEqualTo(-2);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void whatIsWrittenIsRead() {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Buffer bf16 = Buffer.allocate(3, NumberType.BFLOAT16);
    bf16.setAll(new double[] {1, -3, 0.5});
    Buffer f16 = Buffer.allocate(3, NumberType.FLOAT16);
    f16.setAll(new double[] {1, 65504, 6e-8});
    byte[] counts = {7, 0, 0, 0, 0, 0, 0, 0};
    tensors.put("bf16", RawTensor.of(List.of(3L, 1L), bf16));
    tensors.put("f16", RawTensor.of(List.of(3L), f16));
    tensors.put("empty", RawTensor.of(List.of(0L, 4L), Buffer.of(new float[0])));
    tensors.put("schön/\"quoted\"\n", RawTensor.of(List.of(1L), Buffer.of(new float[] {9})));
    tensors.put(
        "count", RawTensor.of(TensorType.I64, List.of(), MemorySegment.ofArray(counts), counts));
    Safetensors.write(file(), tensors, Map.of());
    try (Safetensors read = Safetensors.open(file())) {
      read.verify();
      assertThat(read.names()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
      assertThat(read.tensor("bf16")).isEqualTo(new StateTensor(List.of(3L, 1L), bf16));
      assertThat(read.tensor("f16")).isEqualTo(new StateTensor(List.of(3L), f16));
      assertThat(read.tensor("empty").shape()).containsExactly(0L, 4L);
      assertThat(read.tensor("schön/\"quoted\"\n").toDoubles()).containsExactly(9);
      assertThat(read.raw("count").bytes().mismatch(MemorySegment.ofArray(counts))).isEqualTo(-1);
    }
  }

  @Test
  void aFileWithoutTensorsIsAFile() {
    Safetensors.write(file(), Map.of(), Map.of("only", "words"));
    try (Safetensors read = Safetensors.open(file())) {
      read.verify();
      assertThat(read.names()).isEmpty();
      assertThat(read.metadata()).containsEntry("only", "words");
    }
  }

  @Test
  void aTensorOfAFileOutlivesItAndCannotBeWrittenTo() throws IOException {
    Safetensors.write(
        file(), Map.of("a", RawTensor.of(List.of(2L), Buffer.of(new float[] {1, 2}))), Map.of());
    StateTensor tensor;
    try (Safetensors read = Safetensors.open(file())) {
      tensor = read.tensor("a");
    }
    Files.delete(file());
    assertThat(tensor.toDoubles()).containsExactly(1, 2);
    assertThatThrownBy(() -> tensor.values().set(0, 3)).hasMessageContaining("read-only");
  }

  /** Names in any order, no padding, no metadata, places in another order than names. */
  @Test
  void filesOfOtherWritersAreRead() throws IOException {
    Files8.of(
        file(),
        """
        {"z":{"shape":[2],"data_offsets":[4,12],"dtype":"I32"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"said":{"more":[1]}}}\
        """,
        12);
    try (Safetensors read = Safetensors.open(file())) {
      assertThat(read.hasChecksum()).isFalse();
      assertThat(read.entries().get("z"))
          .isEqualTo(new TensorEntry(TensorType.I32, List.of(2L), 4, 12));
      assertThat(read.tensor("a").values().get(0)).isEqualTo(Float.intBitsToFloat(0x03020100));
      assertThatThrownBy(() -> read.tensor("z"))
          .hasMessageContaining(
              "tensor 'z' is I32; only F64, F32, F16 and BF16 are numbers to compute with");
      assertThatThrownBy(() -> read.tensor("b"))
          .hasMessageContaining("no tensor 'b'; it has [z, a]");
      assertThatThrownBy(read::verify).hasMessageContaining("has no checksum");
    }
  }

  /** Written by Python's safetensors 0.8.0 from numpy arrays. */
  @Test
  void aFileOfPythonsOwnLibraryIsRead() throws IOException {
    try (var recorded =
        Objects.requireNonNull(
            SafetensorsTest.class.getResourceAsStream("python-0.8.0.safetensors"))) {
      Files.write(file(), recorded.readAllBytes());
    }
    try (Safetensors read = Safetensors.open(file())) {
      assertThat(read.metadata()).containsExactly(Map.entry("a", "b"));
      assertThat(read.tensor("f.x"))
          .isEqualTo(new StateTensor(List.of(2L, 3L), Buffer.of(new float[] {0, 1, 2, 3, 4, 5})));
      assertThat(read.tensor("d")).isEqualTo(StateTensor.number(0.5));
      assertThat(read.tensor("h").toDoubles()).containsExactly(0, 1, 2);
      assertThat(read.tensor("empty").shape()).containsExactly(0L, 4L);
      assertThat(read.entries().get("i")).hasToString("I64 [3]");
      assertThat(read.raw("b").bytes().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 0);
    }
  }

  @Test
  void whatIsNoSafetensorsFileIsToldInOneLine() throws IOException {
    refused(folder.resolve("absent"), "cannot read .*absent: there is no such file or folder");
    refused(folder, "cannot read .*: it is a folder; name a file in it");
    refused(Files.write(file(), new byte[0]), ".* is empty: .*; use an older checkpoint");
    refused(
        Files.write(file(), new byte[5]), ".*: it has 5 bytes, its header's length alone takes 8");
    refused(
        Files.writeString(file(), "PK\3\4 and so on"),
        ".* but a zip archive, as torch.save writes; read it with thalweg.checkpoint.pytorch");
    refused(
        Files.writeString(file(), "Some text that is no tensor."),
        ".*: its first 8 bytes announce a header of \\d+ bytes, which must be 2 to 100000000");
    byte[] negative = new byte[20];
    negative[7] = (byte) 0x80;
    refused(Files.write(file(), negative), ".* header of 9223372036854775808 bytes.*");
    byte[] longer = new byte[20];
    longer[0] = 99;
    refused(
        Files.write(file(), longer),
        ".* is cut short, or .*: it announces a header of 99 bytes and has 20 in all; .*");
  }

  @Test
  void aHeaderThatCannotBeReadIsToldInOneLine() throws IOException {
    header("[1]          ", 0, ".*: its header does not begin with \\{");
    header("{\"a\":", 0, ".* header that cannot be read: at character \\d+: .*");
    header("{} x", 0, ".* header that cannot be read: at character \\d+: .*");
    header("{\"a\":3}", 0, ".* tensor 'a' is no object; .*");
    header("{\"a\":{}}", 0, ".* tensor 'a' needs a dtype, a shape and two data_offsets; .*");
    header(entry("a", "F99", "2", 0, 8), 8, ".* tensor 'a' has the dtype 'F99'; known are .*");
    header(
        entry("a", "F32", "3", 0, 8),
        8,
        ".* F32 \\[3], which does not take the bytes from 0 to 8; .*");
    header(
        entry("a", "F32", "2", 8, 0),
        8,
        ".* F32 \\[2], which does not take the bytes from 8 to 0; .*");
    header(entry("a", "F32", "-2", 0, 8), 8, ".* has a negative number, -2; .*");
    header(entry("a", "F32", "2.5", 0, 8), 8, ".* has something that is no whole number; .*");
    header(entry("a", "F4", "3", 0, 1), 8, ".* F4 \\[3], which does not take .*");
    header(
        entry("a", "F32", "4611686018427387904,4", 0, 8), 8, ".* which does not take the bytes .*");
    header(
        entry("a", "F32", "99999999999999999999", 0, 8), 8, ".* cannot be read: at character .*");
    header(
        entry("a", "F32", "2", 4, 12),
        12,
        ".* tensor 'a' begins at byte 4, the one before ends at 0; .*");
    header(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
        2,
        ".* Duplicate field 'a'; .*");
    header(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}",
        3,
        ".* tensor 'b' begins at byte 1, the one before ends at 2; .*");
    header(
        entry("a", "F32", "2", 0, 8),
        7,
        ".* is cut short: its tensors take 8 bytes, there are 7; .*");
    header(entry("a", "F32", "2", 0, 8), 9, ".* is 1 bytes longer than its tensors; .*");
    header("{\"__metadata__\":{\"a\":3}}", 0, ".* __metadata__ 'a' is no text; .*");
    header("{\"__metadata__\":[]}", 0, ".* __metadata__ is no object; .*");
    header("{\"a\":" + "[".repeat(5000), 0, ".* tensor 'a' is no object; .*");
    header("{\"a\":{\"x\":" + "[".repeat(5000), 0, ".* cannot be read: .*");
    Files.write(file(), new byte[] {4, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xFF, '}', ' '});
    refused(file(), ".* cannot be read: it is not UTF-8; .*");
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "{\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}}"
        .formatted(name, type, shape, begin, end);
  }

  private void header(String header, int data, String message) throws IOException {
    Files8.of(file(), header, data);
    refused(file(), message);
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(CheckpointException.class)
        .message()
        .matches(message)
        .doesNotContain("\n");
  }

  @Test
  void whatCannotBeWrittenLeavesWhatWasThere() throws IOException {
    Map<String, RawTensor> tensors =
        Map.of("a", RawTensor.of(List.of(1L), Buffer.of(new float[] {1})));
    assertThatThrownBy(() -> Safetensors.write(folder, tensors, Map.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it is a folder; give a file name");
    assertThatThrownBy(
            () -> Safetensors.write(folder.resolve("none/x.safetensors"), tensors, Map.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "cannot write %s: the folder %s does not exist; create it or choose another place"
                .formatted(folder.resolve("none/x.safetensors"), folder.resolve("none")));
    Path there = Files.writeString(file(), "was here");
    assertThatThrownBy(() ->
            FileAside.write(
                there,
                out -> {
                  out.write(ByteBuffer.wrap(new byte[100]));
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "cannot write %s: No space left on device; what was there before is unchanged: free some space or choose another place"
                .formatted(there));
    assertThat(there).hasContent("was here");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  @Test
  void reasonsOfTheFileSystemAreSaidInWords() {
    assertThat(Failures.cannotRead(file(), new java.nio.file.AccessDeniedException("x")))
        .hasMessage("cannot read %s: no permission".formatted(file()));
    assertThat(Failures.reason(new IOException())).isEqualTo("IOException");
  }

  @Test
  void aDeviceIsNeitherReadNorReplaced() {
    Path device = Path.of("/dev/null");
    assertThatThrownBy(() -> Safetensors.write(device, Map.of(), Map.of()))
        .hasMessageStartingWith("cannot write /dev/null: it is a device or a pipe");
    assertThatThrownBy(() -> Safetensors.open(device).close())
        .hasMessageStartingWith("cannot read /dev/null: it is a device or a pipe");
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    Safetensors.write(link, Map.of(), Map.of());
    assertThat(link).isSymbolicLink();
    Safetensors.open(target).close();
  }

  @Test
  void theLeftoversOfAKilledWriteAreRemovedByTheNext() throws IOException {
    Path left = Files.writeString(folder.resolve(".x.safetensors.123.part"), "half");
    Path others = Files.writeString(folder.resolve(".y.safetensors.123.part"), "half");
    Safetensors.write(file(), Map.of(), Map.of());
    assertThat(left).doesNotExist();
    assertThat(others).exists();
  }
}
