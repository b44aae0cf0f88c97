package thalweg.lab.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, or another request to end the process: the run hears of it, and the process stays until
 * the run is closed, so that it can finish its step and save itself. In work that leaves nothing
 * behind it ends at once. Then the JVM ends as it always does, with exit code 130 for Ctrl-C and
 * 143 for a plain kill.
 */
public final class Interruption implements AutoCloseable, BooleanSupplier {
  private static final long MOST_MINUTES = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Consumer<String> told;
  private final Thread hook;
  private volatile boolean asked;
  private @Nullable String left; // guarded by this

  /**
   * From now on until closed.
   *
   * @param told hears in a line what happens now
   */
  public Interruption(Consumer<String> told) {
    this.told = told;
    hook = new Thread(this::end, "finish the step");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    @Nullable String leaves;
    synchronized (this) {
      asked = true;
      leaves = left;
    }
    if (leaves != null) {
      told.accept(leaves);
      return;
    }
    told.accept("finishing the step and saving the run");
    await();
  }

  private void await() {
    try {
      boolean ended = closed.await(MOST_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        told.accept(
            "the step took longer than %d minutes; the last checkpoint is kept"
                .formatted(MOST_MINUTES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Does work that the process may end in the middle of.
   *
   * @param kept what is said then: what is lost, what is kept, how to go on
   */
  <T> T leaving(String kept, Supplier<T> work) {
    begin(kept);
    try {
      return work.get();
    } finally {
      finish();
    }
  }

  private void begin(String kept) {
    synchronized (this) {
      if (!asked) {
        left = kept;
        return;
      }
    }
    told.accept(kept);
    closed.countDown();
    sleep();
  }

  private void finish() {
    synchronized (this) {
      if (!asked) {
        left = null;
        return;
      }
    }
    sleep();
  }

  /** Begins nothing more, as the process is ending without waiting for it. */
  private static void sleep() {
    while (true) {
      LockSupport.park();
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
