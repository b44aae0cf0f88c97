package thalweg.lab.data.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import thalweg.lab.BadInput;

/**
 * Memory for numbers made from a file: a little of it on the heap, much of it in a temporary file
 * that is mapped, so that it may be larger than the memory.
 *
 * <p>The file has no name any more once it is mapped, and its space is free when nothing refers to
 * it; where the system cannot do that, it is deleted at exit.
 */
public final class Scratch {
  private static final long MOST_ON_HEAP = 32L << 20;

  private Scratch() {}

  /** Whether so many bytes go to a file. */
  public static boolean mapped(long bytes) {
    return bytes > MOST_ON_HEAP;
  }

  /**
   * So many bytes, all zero.
   *
   * @throws BadInput if the folder for temporary files has no room
   */
  public static MemorySegment of(long bytes) {
    return mapped(bytes) ? file(bytes) : MemorySegment.ofArray(new byte[(int) bytes]);
  }

  /** The same in a file, however few. */
  static MemorySegment file(long bytes) {
    try {
      Path file = Files.createTempFile("thalweg-", ".data");
      try {
        long free = Files.getFileStore(file).getUsableSpace();
        if (free < bytes) {
          throw new BadInput(
              "the data need a temporary file of %d MB, and the folder %s has %d MB free; choose another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, or use fewer rows"
                  .formatted(bytes >> 20, file.getParent(), free >> 20));
        }
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
        }
      } finally {
        delete(file);
      }
    } catch (IOException e) {
      throw new BadInput(
          "cannot write a temporary file of %d MB: %s; choose another folder with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER"
              .formatted(bytes >> 20, e.getMessage()),
          e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // a mapped file cannot be deleted on Windows
    }
  }
}
