package thalweg.lab.serve.runs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that grows: each time the lines that have come since. A line counts when its end is
 * there. Used by one thread at a time.
 */
final class LogTail {
  private static final int BUFFER = 1 << 16;

  /** Longer lines are passed over: no log has them. */
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable Object key;
  private long read;
  private boolean tooLong;

  /** A log from its beginning; it may come later. */
  LogTail(Path file) {
    this.file = file;
  }

  /**
   * Gives the new lines.
   *
   * @return whether the log is still the one that was read before; if not, it has been read from
   *     its beginning, and {@code anew} was told first
   */
  boolean more(Runnable anew, Consumer<String> lines) throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return true;
    }
    boolean same = read == 0 || (Objects.equals(key, now.fileKey()) && now.size() >= read);
    if (!same) {
      read = 0;
      line.reset();
      tooLong = false;
      anew.run();
    }
    key = now.fileKey();
    if (now.size() > read) {
      read(lines);
    }
    return same;
  }

  private void read(Consumer<String> lines) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS))) {
      channel.position(read);
      while (channel.read(buffer.clear()) > 0) {
        buffer.flip();
        read += buffer.remaining();
        split(lines);
      }
    }
  }

  private void split(Consumer<String> lines) {
    byte[] bytes = buffer.array();
    int from = 0;
    for (int i = 0; i < buffer.limit(); i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        if (!tooLong) {
          lines.accept(line.toString(StandardCharsets.UTF_8));
        }
        line.reset();
        tooLong = false;
        from = i + 1;
      }
    }
    keep(bytes, from, buffer.limit());
  }

  private void keep(byte[] bytes, int from, int to) {
    if (tooLong || line.size() + to - from > LONGEST_LINE) {
      tooLong = true;
      line.reset();
    } else {
      line.write(bytes, from, to - from);
    }
  }
}
