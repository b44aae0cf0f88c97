package thalweg.lab.serve.play;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import thalweg.lab.serve.http.Refusal;

/**
 * Work in a thread of its own, which can be stopped at any time. The thread that answers the
 * request is another: to interrupt that would cut its connection.
 */
final class Computation implements AutoCloseable {
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Thread thread; // guarded by this
  private @Nullable String why; // guarded by this

  synchronized void start(Runnable work) {
    thread = Thread.ofPlatform().daemon().name("walks").start(() -> end(work));
  }

  private void end(Runnable work) {
    try {
      work.run();
      ended.complete(null);
    } catch (CancellationException _) {
      ended.completeExceptionally(new Refusal(503, reason()));
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    } finally {
      ended.completeExceptionally(new IllegalStateException("the work ended with an error"));
      begun.complete(null);
    }
  }

  private synchronized String reason() {
    return why == null ? "the server ends" : why;
  }

  /** Its turn has come. */
  void begun() {
    begun.complete(null);
  }

  /** Ends it soon. */
  synchronized void stop(String reason) {
    if (thread != null && why == null && !ended.isDone()) {
      why = reason;
      thread.interrupt();
    }
  }

  /** Does something when it has ended. */
  void whenEnded(Runnable then) {
    ended.whenComplete((_, _) -> then.run());
  }

  /**
   * Waits until it works.
   *
   * @throws Refusal if it never will
   */
  void awaitBegin() {
    await(begun);
    if (ended.isCompletedExceptionally()) {
      await(ended);
    }
  }

  /**
   * Waits until it is done.
   *
   * @throws Refusal if it was stopped
   * @throws RuntimeException what the work threw
   */
  void awaitEnd() {
    await(ended);
  }

  private static void await(CompletableFuture<Void> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(503, "the server ends");
    }
  }

  @Override
  public void close() {
    stop("nobody waits for it");
  }
}
