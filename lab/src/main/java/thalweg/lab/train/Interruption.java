package thalweg.lab.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, or another request to end the process: the run hears of it, and the process stays until
 * the run is closed, so that it can finish its step and save itself. Then the JVM ends as it always
 * does, with exit code 130 for Ctrl-C and 143 for a plain kill.
 */
public final class Interruption implements AutoCloseable, BooleanSupplier {
  private static final long MOST_MINUTES = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  /**
   * From now on until closed.
   *
   * @param told what to do at once, such as to say that the step is being finished
   */
  public Interruption(Runnable told) {
    hook =
        new Thread(
            () -> {
              asked = true;
              told.run();
              await();
            },
            "finish the step");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      boolean ended = closed.await(MOST_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        System.err.println(
            "thalweg: the step took longer than %d minutes; the last checkpoint is kept"
                .formatted(MOST_MINUTES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the end was asked for. */
  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  /** The run has saved all and said all that it had to say. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        return; // the JVM is ending: the hook finds nothing to wait for
      }
    }
  }
}
