package thalweg.torch.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Records of a TensorBoard event file, as bytes: the few fields of TensorFlow's {@code Event}
 * message that scalars need, in protocol buffers' wire format, each framed as a TFRecord: length,
 * its checksum, message, its checksum; little-endian.
 */
final class Events {
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private Events() {}

  /** The first record of every file. */
  static byte[] version(double wallTime) {
    Message event = new Message().fixed64(1, wallTime).bytes(3, "brain.Event:2".getBytes(UTF_8));
    return record(event.toByteArray());
  }

  /**
   * Says that a run goes on at a step: what was recorded from there on in earlier files is void.
   */
  static byte[] restart(double wallTime, long step) {
    byte[] session = new Message().varint(1, 1).toByteArray(); // SessionLog.status = START
    return record(
        new Message().fixed64(1, wallTime).varint(2, step).bytes(7, session).toByteArray());
  }

  /** Numbers of a step, by tag. */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach((tag, value) -> {
      Message one = new Message().bytes(1, tag.getBytes(UTF_8)).fixed32(2, value.floatValue());
      summary.bytes(1, one.toByteArray());
    });
    return record(
        new Message()
            .fixed64(1, wallTime)
            .varint(2, step)
            .bytes(5, summary.toByteArray())
            .toByteArray());
  }

  /** A message in its frame. */
  static byte[] record(byte[] message) {
    ByteBuffer record = ByteBuffer.allocate(16 + message.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(message.length);
    record.putInt(masked(record.array(), Long.BYTES));
    record.put(message);
    return record.putInt(masked(message, message.length)).array();
  }

  /** CRC-32C, rotated and moved, as TFRecords have it: a checksum may be among what is summed. */
  private static int masked(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  /** Fields of a message, one after the other. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message fixed64(int field, double value) {
      number((long) field << 3 | FIXED64);
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
      return this;
    }

    Message fixed32(int field, float value) {
      number((long) field << 3 | FIXED32);
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
      return this;
    }

    Message varint(int field, long value) {
      number((long) field << 3);
      number(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      number((long) field << 3 | BYTES);
      number(value.length);
      out.writeBytes(value);
      return this;
    }

    private void number(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
