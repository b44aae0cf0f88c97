package thalweg.torch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;
import thalweg.torch.RunStart;
import thalweg.torch.StepReport;

/** Event files, byte by byte. */
class TensorBoardTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void theFirstRecordIsWhatTensorFlowWrites() {
    byte[] record = Events.version(1.5);
    assertThat(record).hasSize(8 + 4 + 24 + 4);
    // the length of 24 with the masked checksum that every event file begins with
    assertThat(Arrays.copyOf(record, 12)).isEqualTo(hex("1800000000000000 a37f4b22"));
    assertThat(Arrays.copyOfRange(record, 12, 36))
        .isEqualTo(hex("09 000000000000f83f 1a 0d 627261696e2e4576656e743a32"));
  }

  @Test
  void aScalarIsFiveNestedFields() {
    byte[] record = Events.scalars(1.5, 300, Map.of("a/b", 0.25));
    assertThat(Arrays.copyOfRange(record, 12, record.length - 4))
        .isEqualTo(
            hex(
                "09 000000000000f83f" // wall_time, 1.5
                    + "10 ac02" // step, 300
                    + "2a 0c" // summary of 12 bytes
                    + "0a 0a" // value of 10 bytes
                    + "0a 03 612f62" // tag, a/b
                    + "15 0000803e")); // simple_value, 0.25
  }

  @Test
  void aRestartVoidsWhatIsBehindIt() {
    byte[] record = Events.restart(1.5, 7);
    assertThat(Arrays.copyOfRange(record, 12, record.length - 4))
        .isEqualTo(hex("09 000000000000f83f 10 07 3a 02 08 01"));
  }

  /** The messages of a file whose frames and checksums hold. */
  private static List<byte[]> messages(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> messages = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(message);
      assertThat(bytes.getInt()).isEqualTo(masked(message));
      messages.add(message);
    }
    return messages;
  }

  private static int masked(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    long crc = sum.getValue();
    return (int) ((crc >>> 15 | crc << 17) + 0xa282ead8L);
  }

  private static RunStart start(long resumed) {
    return new RunStart(
        Map.of(), List.of(), 1, 1, 1, 1, 1, resumed, new Evaluation(1, Map.of()), List.of());
  }

  @Test
  void aRunIsAFileOfWholeRecordsAndOneThatGoesOnAddsAnother(@TempDir Path folder) throws Exception {
    Map<String, Double> metrics = new LinkedHashMap<>(Map.of("accuracy", 0.5));
    Evaluation evaluation = new Evaluation(0.7, metrics);
    try (TensorBoard board = new TensorBoard(folder, 2)) {
      board.onStart(start(0));
      for (int step = 1; step <= 4; step++) {
        board.onStep(new StepReport(step, 1, 0.5, 0.1, 2, 8, 1000, 100));
      }
      board.onEpoch(new RunLog.Epoch(1, 0.5, evaluation, null, null, 1, 0.1, 0.1, 4));
      board.onStart(start(4));
    }
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(2);
    assertThat(files.getFirst().getFileName().toString()).startsWith("events.out.tfevents.");
    // version, start, steps 2 and 4, epoch
    assertThat(messages(files.getFirst())).hasSize(5);
    assertThat(messages(files.getLast())).hasSize(2);
  }
}
