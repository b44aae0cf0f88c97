package thalweg.lab.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;

/**
 * Another process's wish that a run end, as Ctrl-C would end it: a file {@code stop} in the run's
 * folder. The run looks for it some times a second and takes it away.
 */
public final class StopRequest implements BooleanSupplier {
  private static final String NAME = "stop";
  private static final long LOOK_NANOS = 100_000_000L;

  private final Path file;
  private long looked = System.nanoTime();
  private boolean asked;

  /** Of a run that begins or goes on now: what was asked of an earlier process is forgotten. */
  public StopRequest(Path folder) {
    file = folder.resolve(NAME);
    taken();
  }

  /**
   * Asks the run of a folder to end.
   *
   * @throws BadInput if the folder cannot be written
   */
  public static void ask(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException _) {
      return; // it was asked before
    } catch (IOException e) {
      throw new BadInput(String.valueOf(Failures.cannotWrite(file, e).getMessage()), e);
    }
  }

  /** Whether the end was asked for; asked before every step, so it looks only now and then. */
  @Override
  public boolean getAsBoolean() {
    long now = System.nanoTime();
    if (!asked && now - looked >= LOOK_NANOS) {
      looked = now;
      asked = taken();
    }
    return asked;
  }

  private boolean taken() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException _) {
      return Files.exists(file); // it was asked for all the same
    }
  }
}
