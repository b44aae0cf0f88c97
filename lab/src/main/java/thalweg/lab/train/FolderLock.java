package thalweg.lab.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;

/**
 * The right to train in a folder, which one process has at a time. It ends when it is closed, and
 * with the process, however that ends. The file {@code .lock} stays: to remove it would let two
 * processes hold locks on two files of that name.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";

  /** Whoever looks whether it is held ({@link #isHeld}) has it for a moment. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 10;

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws BadInput if another has it, or the folder cannot be written
   */
  public static FolderLock of(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!taken(channel)) {
        channel.close();
        throw new BadInput(
            "another process is training in %s; wait for its end, or give another folder with --run"
                .formatted(folder));
      }
      return new FolderLock(file, channel);
    } catch (IOException e) {
      throw new BadInput(String.valueOf(Failures.cannotWrite(file, e).getMessage()), e);
    }
  }

  /** Whether a process ever trained in a folder. */
  public static boolean exists(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a process has it now. */
  public static boolean isHeld(Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(NAME), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      // A shared one is refused while another has the exclusive one, and given back at once.
      @Nullable FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true);
      return shared == null;
    } catch (OverlappingFileLockException e) {
      return true; // by this very process
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      for (int i = 0; i < TRIES; i++) {
        @Nullable FileLock lock = channel.tryLock();
        if (lock != null) {
          return true;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (OverlappingFileLockException e) {
      return false; // by this very process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new BadInput(String.valueOf(Failures.cannotWrite(file, e).getMessage()), e);
    }
  }
}
