package thalweg.lab.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.lab.BadInput;

/** What a run must have, and may be asked for, to go on. */
final class Resumption {
  private static final String EPOCH = "\"kind\": \"epoch\"";

  private Resumption() {}

  /**
   * Refuses what cannot go on; nothing is written.
   *
   * @throws BadInput if the newer settings ask for less than was done, or the checkpoints are gone
   */
  static void check(RunFolder folder, TrainSettings newer) {
    try {
      if (Checkpoints.in(folder.checkpoints()).files().isEmpty()) {
        requireNothingDone(folder);
        return;
      }
      if (newer.has(TrainOption.EPOCHS) || newer.has(TrainOption.STEPS)) {
        Checkpoints.in(folder.checkpoints())
            .notices(_ -> {}) // the run itself says so
            .latestHead()
            .ifPresent(done -> requireMore(done, folder, newer));
      }
    } catch (CheckpointException | UncheckedIOException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireMore(RunCheckpoint done, RunFolder folder, TrainSettings newer) {
    long epochs = done.whole("epoch") - 1;
    boolean begun = done.whole("seen") > 0;
    if (newer.has(TrainOption.EPOCHS)
        && newer.count(TrainOption.EPOCHS).orElseThrow() < epochs + (begun ? 1 : 0)) {
      throw less(folder, TrainOption.EPOCHS, newer, epochs, begun ? " and a part of the next" : "");
    }
    if (newer.has(TrainOption.STEPS)
        && newer.count(TrainOption.STEPS).orElseThrow() < done.step()) {
      throw less(folder, TrainOption.STEPS, newer, done.step(), "");
    }
  }

  private static BadInput less(
      RunFolder folder, TrainOption option, TrainSettings newer, long done, String part) {
    return new BadInput(
        "%s %s: the run in %s has done %d %s%s already; ask for more than that"
            .formatted(
                option.option(),
                newer.text(option),
                folder.path(),
                done,
                done == 1 ? option.id().substring(0, option.id().length() - 1) : option.id(),
                part));
  }

  /** A run that ended before its first checkpoint starts over, and loses nothing by it. */
  private static void requireNothingDone(RunFolder folder) {
    if (Files.exists(folder.best()) || Files.exists(folder.last()) || hasEpoch(folder)) {
      throw new BadInput(
          "the run in %s cannot go on: there is no checkpoint in %s; put them back, or begin a new run with --run"
              .formatted(folder.path(), folder.checkpoints()));
    }
  }

  private static boolean hasEpoch(RunFolder folder) {
    try (Stream<String> lines = Files.lines(folder.log())) {
      return lines.anyMatch(line -> line.contains(EPOCH));
    } catch (IOException _) {
      return false; // a run that has written no log has done nothing
    }
  }
}
