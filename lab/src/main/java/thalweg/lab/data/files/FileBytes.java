package thalweg.lab.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import thalweg.lab.BadInput;

/**
 * A file's bytes, mapped; those of a gzip file inflated first.
 *
 * @param file for messages
 */
record FileBytes(Path file, MemorySegment bytes) {
  /** Maps a file, or what is packed in it. */
  static FileBytes open(Path file) {
    check(file);
    try (FileChannel channel = FileChannel.open(file)) {
      boolean packed = FileKind.of(file).equals("a gzip file");
      return new FileBytes(
          file,
          packed
              ? inflate(file)
              : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Says what is wrong with a path that is no file to read. */
  static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw new BadInput("cannot read %s: it is a folder; give a file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new BadInput("cannot read %s: there is no such file; check the path".formatted(file));
    }
  }

  static BadInput unreadable(Path file, IOException e) {
    return new BadInput(
        "cannot read %s: %s; check the file, it may be cut short or damaged"
            .formatted(
                file, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
        e);
  }

  long size() {
    return bytes.byteSize();
  }

  /** One byte, from 0 to 255. */
  int at(long offset) {
    return bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
  }

  /** What it looks like, for messages. */
  String kind() {
    byte[] start = new byte[(int) Math.min(512, size())];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, start, 0, start.length);
    return FileKind.of(start);
  }

  private static MemorySegment inflate(Path file) throws IOException {
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), buffer.length)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
      }
    }
    MemorySegment bytes = Scratch.of(size);
    long at = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), buffer.length)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        MemorySegment.copy(buffer, 0, bytes, ValueLayout.JAVA_BYTE, at, n);
        at += n;
      }
    }
    return bytes;
  }
}
