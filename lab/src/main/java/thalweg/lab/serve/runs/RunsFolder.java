package thalweg.lab.serve.runs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import thalweg.lab.serve.http.Refusal;

/**
 * The folder with the runs, each a folder directly in it that has a log. Nothing outside it is
 * read, also not through links.
 */
record RunsFolder(Path path) {
  /** A run's log, of {@code run/1} or {@code comparison-run/1}. */
  static final String LOG = "log.jsonl";

  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 255;

  /** The folders of the runs, by name; none where there is no folder. */
  List<Path> runs() throws IOException {
    List<Path> runs = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, RunsFolder::isRun)) {
      for (Path entry : entries) {
        runs.add(entry);
        if (runs.size() > MOST) {
          throw new Refusal(
              400, "there are more than %d runs in %s; move some away".formatted(MOST, path));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    runs.sort(null);
    return runs;
  }

  private static boolean isRun(Path folder) {
    return !folder.getFileName().toString().startsWith(".")
        && Files.isDirectory(folder, NOFOLLOW_LINKS)
        && Files.isRegularFile(folder.resolve(LOG), NOFOLLOW_LINKS);
  }

  /**
   * The folder of one run.
   *
   * @throws Refusal if there is no run of that name
   */
  Path run(String name) {
    if (!name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      try {
        Path folder = path.resolve(name);
        // The name of the path itself: "..", "C:" and the like are none.
        if (folder.getFileName().toString().equals(name)
            && path.equals(folder.normalize().getParent())
            && isRun(folder)) {
          return folder;
        }
      } catch (InvalidPathException _) {
        // there is none
      }
    }
    throw new Refusal(404, "there is no run of that name in %s".formatted(path));
  }
}
