package thalweg.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is either wholly written or not touched: the bytes go to a file beside it, are
 * flushed to the disk, and the name is moved over in one step.
 *
 * <p>A device or pipe ({@code /dev/stdout}) is written straight through, since replacing it by a
 * file would destroy it. A link is followed, so that the link stays and its target is replaced.
 */
public final class SafeFile {
  private SafeFile() {}

  /**
   * Writes the bytes, replacing what was there.
   *
   * @throws BadInput if the place cannot be written or the disk is full; what was there before is
   *     unchanged and nothing half-written is left
   */
  public static void write(Path file, byte[] bytes) {
    check(file);
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes, StandardOpenOption.WRITE);
        return;
      }
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path aside = aside(target);
      aside.toFile().deleteOnExit(); // for a Ctrl-C in between
      try {
        writeAside(aside, bytes);
        replace(aside, target);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
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
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return;
    }
    Path folder = folder(file.toAbsolutePath());
    if (!Files.isDirectory(folder)) {
      throw new BadInput(
          "cannot write %s: the folder %s does not exist; create it or choose another place"
              .formatted(file, folder));
    }
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw new AccessDeniedException(file.toString());
      }
      Path probe = aside(target);
      Files.createFile(probe);
      Files.delete(probe);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static void writeAside(Path aside, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  private static void replace(Path aside, Path target) throws IOException {
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path aside(Path target) {
    return folder(target).resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
  }

  private static Path folder(Path absolute) {
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  private static BadInput cannotWrite(Path file, IOException e) {
    return new BadInput(
        "cannot write %s: %s; nothing was changed there: free some space or choose another place"
            .formatted(file, reason(e)),
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "the place does not exist";
    }
    @Nullable String said =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
