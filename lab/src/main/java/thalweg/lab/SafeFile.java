package thalweg.lab;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Failures;
import thalweg.checkpoint.FileAside;

/**
 * A result in a file that is either wholly written or not touched, as {@link FileAside} does it.
 *
 * <p>A device or pipe ({@code /dev/stdout}) is written straight through, since replacing it by a
 * file would destroy it. A link is followed, so that the link stays and its target is replaced.
 */
public final class SafeFile {
  private SafeFile() {}

  /** What writes a text, too long a one to be in memory as a whole. */
  @FunctionalInterface
  public interface Text {
    void writeTo(Writer to) throws IOException;
  }

  /**
   * Writes a text in UTF-8, replacing what was there.
   *
   * @throws BadInput as {@link #write(Path, byte[])}
   */
  public static void write(Path file, Text text) {
    try {
      if (isDevice(file)) {
        try (Writer to = Files.newBufferedWriter(file, StandardOpenOption.WRITE)) {
          text.writeTo(to);
        }
      } else {
        FileAside.write(
            file,
            out -> {
              Writer to = new BufferedWriter(Channels.newWriter(out, StandardCharsets.UTF_8));
              text.writeTo(to);
              to.flush(); // not closed: the file has still to be moved
            });
      }
    } catch (IOException e) {
      throw bad(Failures.cannotWrite(file, e));
    } catch (CheckpointException e) {
      throw bad(e);
    }
  }

  /**
   * Writes the bytes, replacing what was there.
   *
   * @throws BadInput if the place cannot be written or the disk is full; what was there before is
   *     unchanged and nothing half-written is left
   */
  public static void write(Path file, byte[] bytes) {
    try {
      if (isDevice(file)) {
        Files.write(file, bytes, StandardOpenOption.WRITE);
      } else {
        FileAside.write(
            file,
            out -> {
              ByteBuffer rest = ByteBuffer.wrap(bytes);
              while (rest.hasRemaining()) {
                out.write(rest);
              }
            });
      }
    } catch (IOException e) {
      throw bad(Failures.cannotWrite(file, e));
    } catch (CheckpointException e) {
      throw bad(e);
    }
  }

  /**
   * Says early, before hours of work, that a file cannot be written.
   *
   * @throws BadInput if it is a folder, or its folder is absent or refuses new files
   */
  public static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw new BadInput("cannot write %s: it is a folder; give a file name".formatted(file));
    }
    if (isDevice(file)) {
      return;
    }
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new NoSuchFileException(file.toString());
      }
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw new AccessDeniedException(file.toString());
      }
      Files.delete(Files.createTempFile(folder, ".thalweg", ".part"));
    } catch (IOException e) {
      throw bad(Failures.cannotWrite(file, e));
    }
  }

  /** Whether it is there and neither a file nor a folder. */
  static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static BadInput bad(CheckpointException e) {
    return new BadInput(String.valueOf(e.getMessage()), e);
  }
}
