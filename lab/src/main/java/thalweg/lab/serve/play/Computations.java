package thalweg.lab.serve.play;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import thalweg.lab.serve.http.Refusal;

/**
 * Work for requests: some at a time, none for long, and of each page the newest alone. A page that
 * asks again has no use for what it asked before.
 */
final class Computations {
  /** A page's name for itself, new with each load. */
  static final String PAGE_HEADER = "X-Thalweg-Page";

  private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private final Semaphore free;
  private final long waitMillis;
  private final long mostMillis;
  private final Map<String, Computation> byPage = new ConcurrentHashMap<>();

  /**
   * @param atOnce pieces of work at a time
   * @param waitMillis how long a request waits for its turn
   * @param mostMillis how long a piece of work may take
   */
  Computations(int atOnce, long waitMillis, long mostMillis) {
    free = new Semaphore(atOnce, true);
    this.waitMillis = waitMillis;
    this.mostMillis = mostMillis;
  }

  /**
   * Does work for a request and waits for its end.
   *
   * @param page the page's name for itself; one that is none counts as no name
   * @throws Refusal if its turn does not come, it takes too long, or the page has asked again
   */
  void run(Optional<String> page, Runnable work) {
    try (Computation computation = begin(page, work)) {
      computation.awaitEnd();
    }
  }

  /**
   * Begins work for a request, in a thread of its own that ends soon after it is interrupted, with
   * a {@link CancellationException}. Close it.
   */
  Computation begin(Optional<String> page, Runnable work) {
    String name = page.filter(PAGE.asMatchPredicate()).orElse("");
    Computation computation = new Computation();
    if (!name.isEmpty()) {
      @Nullable Computation earlier = byPage.put(name, computation);
      if (earlier != null) {
        earlier.stop("the page has asked for something else");
      }
    }
    computation.start(() -> {
      try {
        inTurn(computation, work);
      } finally {
        byPage.remove(name, computation);
      }
    });
    return computation;
  }

  private void inTurn(Computation computation, Runnable work) {
    try {
      if (!free.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
        throw new Refusal(429, "the server is busy with other requests; try again");
      }
    } catch (InterruptedException _) {
      throw new CancellationException("before its turn");
    }
    Thread watch = Thread.ofVirtual().start(() -> watch(computation));
    try {
      computation.begun();
      work.run();
    } finally {
      watch.interrupt();
      free.release();
    }
  }

  private void watch(Computation computation) {
    try {
      Thread.sleep(mostMillis);
      computation.stop(
          "this takes longer than %d seconds; ask for fewer steps or optimizers, or a simpler surface"
              .formatted(mostMillis / 1000));
    } catch (InterruptedException _) {
      return; // the work is done
    }
  }
}
