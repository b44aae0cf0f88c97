package thalweg.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Lays tensors out in a file, one after the other, through one small piece of memory.
 *
 * <p>The checksum is taken while the bytes are written and then put into its place in the header,
 * which was counted as zeros.
 */
final class SafetensorsWriter {
  private static final int PIECE = 1 << 20;

  private SafetensorsWriter() {}

  static void write(Path file, Map<String, RawTensor> tensors, Map<String, String> metadata) {
    // types of more bytes first, as the format's other writers do: so every element is aligned
    List<Map.Entry<String, RawTensor>> ordered =
        tensors.entrySet().stream()
            .sorted(Comparator.comparing(entry -> -entry.getValue().type().bits()))
            .toList();
    byte[] header = header(ordered, metadata);
    FileAside.write(file, out -> write(out, header, ordered));
  }

  private static void write(
      FileChannel out, byte[] header, List<Map.Entry<String, RawTensor>> tensors)
      throws IOException {
    Checksum checksum = new Checksum();
    ByteBuffer length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
    put(out, checksum, length.array(), length.capacity());
    put(out, checksum, header, header.length);
    byte[] piece = new byte[PIECE];
    for (Map.Entry<String, RawTensor> entry : tensors) {
      RawTensor tensor = entry.getValue();
      long size = tensor.byteSize();
      for (long from = 0; from < size; from += PIECE) {
        int count = (int) Math.min(PIECE, size - from);
        tensor.read(from, piece, count);
        put(out, checksum, piece, count);
      }
    }
    long place = Long.BYTES + Checksum.place(header);
    byte[] digits = checksum.digits();
    for (ByteBuffer rest = ByteBuffer.wrap(digits); rest.hasRemaining(); ) {
      place += out.write(rest, place);
    }
  }

  private static void put(FileChannel out, Checksum checksum, byte[] bytes, int count)
      throws IOException {
    checksum.add(bytes, count);
    for (ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count); rest.hasRemaining(); ) {
      out.write(rest);
    }
  }

  private static byte[] header(
      List<Map.Entry<String, RawTensor>> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(Safetensors.METADATA);
      json.writeStringField(Checksum.KEY, Checksum.BLANK);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long begin = 0;
      for (Map.Entry<String, RawTensor> entry : tensors) {
        RawTensor tensor = entry.getValue();
        long end = Math.addExact(begin, tensor.byteSize());
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", tensor.type().name());
        json.writeArrayFieldStart("shape");
        for (long size : tensor.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("cannot write JSON to memory", e);
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > Safetensors.LONGEST_HEADER) {
      throw new CheckpointException(
          "the names of %d tensors make a header of %d bytes; the format has at most %d"
              .formatted(tensors.size(), bytes.size(), Safetensors.LONGEST_HEADER));
    }
    return bytes.toByteArray();
  }
}
