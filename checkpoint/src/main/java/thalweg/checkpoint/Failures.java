package thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the file system refused, in one line. */
public final class Failures {
  private Failures() {}

  public static CheckpointException cannotRead(Path file, IOException e) {
    return new CheckpointException("cannot read %s: %s".formatted(file, reason(e)), e);
  }

  public static CheckpointException cannotWrite(Path file, IOException e) {
    @Nullable Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      return new CheckpointException(
          "cannot write %s: %s"
              .formatted(
                  file,
                  Files.exists(folder)
                      ? folder + " is a file, not a folder; choose another place"
                      : "the folder %s does not exist; create it or choose another place"
                          .formatted(folder)),
          e);
    }
    return new CheckpointException(
        "cannot write %s: %s; what was there before is unchanged: free some space or choose another place"
            .formatted(file, reason(e)),
        e);
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    @Nullable String said =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
