package thalweg.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files put together by hand, byte by byte. */
final class Files8 {
  private Files8() {}

  /** A file with this header and so many bytes 0, 1, 2, … behind it. */
  static Path of(Path file, String header, int data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int i = 0; i < data; i++) {
      bytes.put((byte) i);
    }
    return Files.write(file, bytes.array());
  }
}
