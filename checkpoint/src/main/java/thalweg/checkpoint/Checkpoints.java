package thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder with the last checkpoints of one run, named {@code step-000000120.safetensors}.
 *
 * <p>Whenever the process is killed, {@link #latest} finds the last one that was written whole.
 * What a killed write has left is removed by the next one.
 */
public final class Checkpoints {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
  private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})\\.safetensors");

  private final Path folder;
  private final int kept;
  private final boolean best;
  private final Consumer<String> notices;

  private Checkpoints(Path folder, int kept, boolean best, Consumer<String> notices) {
    this.folder = folder;
    this.kept = kept;
    this.best = best;
    this.notices = notices;
  }

  /** Those of a folder, which is made when the first one is saved; the last 3 are kept. */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 3, false, text -> LOG.log(System.Logger.Level.WARNING, text));
  }

  /** The same folder, in which the last so many are kept. */
  public Checkpoints keep(int last) {
    if (last < 1) {
      throw new IllegalArgumentException("Checkpoints.keep must be >= 1, got " + last);
    }
    return new Checkpoints(folder, last, best, notices);
  }

  /**
   * The same folder, in which the one of the lowest score is kept as well, however old; the last of
   * several equal ones.
   */
  public Checkpoints keepBest() {
    return new Checkpoints(folder, kept, true, notices);
  }

  /** The same folder; who hears of what was wrong with it. Without it, a logger. */
  public Checkpoints notices(Consumer<String> listener) {
    return new Checkpoints(folder, kept, best, listener);
  }

  /** Whether the one of the lowest score is kept. */
  public boolean keepsBest() {
    return best;
  }

  public Path folder() {
    return folder;
  }

  /** Where the one of a step lies, if it is there. */
  public Path file(long step) {
    return folder.resolve("step-%09d.safetensors".formatted(step));
  }

  /**
   * Saves one under its step, then removes those that are too old.
   *
   * @return the file
   * @throws CheckpointException if it cannot be written; those there are unchanged then
   */
  public Path save(RunCheckpoint run) {
    return save(run, OptionalDouble.empty());
  }

  /**
   * Saves one under its step, then removes those that are too old.
   *
   * @param score of which lower is better, such as the loss on other data
   * @return the file
   * @throws CheckpointException if it cannot be written; those there are unchanged then
   */
  public Path save(RunCheckpoint run, double score) {
    return save(run, OptionalDouble.of(score));
  }

  private Path save(RunCheckpoint run, OptionalDouble score) {
    Path file = file(run.step());
    try {
      Files.createDirectories(folder);
      FileAside.clean(folder, _ -> true);
    } catch (IOException e) {
      throw Failures.cannotWrite(file, e);
    }
    run.save(file, score);
    removeOld(file);
    return file;
  }

  /**
   * The last one that is whole; empty where there is no file yet. Tells of those it had to pass
   * over.
   *
   * @throws CheckpointException if a later one was written by a newer version of Thalweg, or if
   *     there are files and none of them is whole: a run that began anew would write over them
   */
  public Optional<RunCheckpoint> latest() {
    return latest(RunCheckpoint::load);
  }

  /**
   * How far {@link #latest} has come: its step and values alone, without the time it takes to read
   * a large file. One whose tensors have been damaged since it was written counts still.
   *
   * @throws CheckpointException as {@link #latest} does
   */
  public Optional<RunCheckpoint> latestHead() {
    return latest(RunCheckpoint::head);
  }

  private Optional<RunCheckpoint> latest(Function<Path, RunCheckpoint> reading) {
    List<Path> files = files();
    for (Path file : files.reversed()) {
      try {
        return Optional.of(reading.apply(file));
      } catch (CheckpointException e) {
        if (Fields.isOfNewerVersion(file)) {
          throw e; // going back would lose what a newer Thalweg has learned
        }
        if (file.equals(files.getFirst())) {
          throw new CheckpointException(
              "%s; no other of the %d files in %s is a whole checkpoint: move them away to begin anew"
                  .formatted(e.getMessage(), files.size(), folder),
              e);
        }
        notices.accept("%s; going back to the one before".formatted(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** The whole one with the lowest score. */
  public Optional<RunCheckpoint> best() {
    return files().stream()
        .filter(file -> RunCheckpoint.score(file).isPresent())
        .sorted(
            Comparator.comparingDouble((Path file) -> RunCheckpoint.score(file).orElseThrow())
                .thenComparing(Comparator.comparingLong(Checkpoints::step).reversed()))
        .flatMap(file -> {
          try {
            return Optional.of(RunCheckpoint.load(file)).stream();
          } catch (CheckpointException e) {
            notices.accept("%s; taking the next best".formatted(e.getMessage()));
            return Optional.<RunCheckpoint>empty().stream();
          }
        })
        .findFirst();
  }

  /** The files there are, oldest step first, whole or not. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (!Files.exists(folder)) {
      return files;
    }
    if (!Files.isDirectory(folder)) {
      throw new CheckpointException(
          "%s is a file; checkpoints need a folder, name another".formatted(folder));
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (step(file) >= 0) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw Failures.cannotRead(folder, e);
    }
    files.sort(Comparator.comparingLong(Checkpoints::step));
    return files;
  }

  /** -1 for a file of another kind. */
  private static long step(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private void removeOld(Path saved) {
    List<Path> whole = files().stream().filter(Checkpoints::seemsWhole).toList();
    @Nullable Path lowest = best ? lowest(whole) : null;
    for (Path file : whole.subList(0, Math.max(0, whole.size() - kept))) {
      if (file.equals(saved) || file.equals(lowest)) {
        continue;
      }
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        notices.accept(
            "cannot remove the old checkpoint %s: %s; remove it yourself"
                .formatted(file, Failures.reason(e)));
      }
    }
  }

  private static @Nullable Path lowest(List<Path> files) {
    @Nullable Path lowest = null;
    double least = Double.POSITIVE_INFINITY;
    for (Path file : files) {
      double score = RunCheckpoint.score(file).orElse(Double.NaN);
      if (score <= least) {
        least = score;
        lowest = file;
      }
    }
    return lowest;
  }

  /**
   * As far as can be told without reading all of it. A broken one does not push out a whole one,
   * and what is no checkpoint of a run is not ours to remove.
   */
  private static boolean seemsWhole(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      return RunCheckpoint.KIND.equals(opened.metadata().get(Fields.KIND));
    } catch (CheckpointException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "checkpoints in " + folder;
  }
}
