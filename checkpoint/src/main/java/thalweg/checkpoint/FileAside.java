package thalweg.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is either whole or as it was: written aside, flushed to the disk, moved over the old
 * one in one step, and the folder flushed as well.
 *
 * <p>The file aside is locked while it is written. Whoever finds one that is not locked finds the
 * leftover of a process that was killed, and removes it.
 */
public final class FileAside {
  private static final String SUFFIX = ".part";

  private FileAside() {}

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel out) throws IOException;
  }

  /**
   * Writes a file aside, then in place of what was there.
   *
   * @throws CheckpointException if that fails; what was there is unchanged then
   */
  public static void write(Path file, Content content) {
    if (Files.isDirectory(file)) {
      throw new CheckpointException(
          "cannot write %s: it is a folder; give a file name".formatted(file));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CheckpointException(
          "cannot write %s: it is a device or a pipe, which a file would replace; give a file name"
              .formatted(file));
    }
    try {
      // a link stays, and what it points to is replaced
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = folder(target);
      clean(folder, name -> name.startsWith("." + target.getFileName() + "."));
      Path aside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + SUFFIX);
      try {
        writeAside(aside, target, content);
      } finally {
        Files.deleteIfExists(aside);
      }
      flush(folder);
    } catch (IOException e) {
      throw Failures.cannotWrite(file, e);
    }
  }

  private static void writeAside(Path aside, Path target, Content content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = lock(out);
      content.writeTo(out);
      out.force(true);
      move(aside, target);
      if (lock != null) {
        lock.release();
      }
    }
  }

  private static void move(Path aside, Path target) throws IOException {
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes what killed writes have left. */
  static void clean(Path folder, java.util.function.Predicate<String> names) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(
            folder,
            path -> {
              String name = path.getFileName().toString();
              return name.startsWith(".") && name.endsWith(SUFFIX) && names.test(name);
            })) {
      for (Path leftover : leftovers) {
        if (!isBeingWritten(leftover)) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  private static boolean isBeingWritten(Path aside) {
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (OverlappingFileLockException e) {
      return true; // by another thread of this process
    } catch (IOException e) {
      return true; // gone, or nothing can be said
    }
  }

  /** Null where the file system knows no locks. */
  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (IOException e) {
      return null;
    }
  }

  /** So that the new name survives a loss of power. */
  private static void flush(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; its file system keeps the order by itself
      return;
    }
  }

  private static Path folder(Path absolute) {
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }
}
