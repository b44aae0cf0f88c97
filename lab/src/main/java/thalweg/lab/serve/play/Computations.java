package thalweg.lab.serve.play;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import thalweg.lab.serve.http.Call;
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
  private final Map<String, Running> byPage = new ConcurrentHashMap<>();

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

  /** What is done for a request. */
  interface Work {
    /** Does it; ends with a {@link CancellationException} soon after the thread is interrupted. */
    void run() throws IOException;
  }

  /** A thread that works, as long as it does. */
  private static final class Running {
    private @Nullable Thread thread = Thread.currentThread();
    private @Nullable String why;

    synchronized void stop(String reason) {
      if (thread != null && why == null) {
        why = reason;
        thread.interrupt();
      }
    }

    /** Nobody interrupts it from now on; why it was stopped, or null. */
    synchronized @Nullable String end() {
      thread = null;
      boolean interrupted = Thread.interrupted();
      return interrupted && why == null ? "the server ends" : why;
    }
  }

  /**
   * Does the work when its turn comes.
   *
   * @throws Refusal if its turn does not come, it takes too long, or the page has asked again
   */
  void run(Call call, Work work) throws IOException {
    Running running = new Running();
    String page = call.header(PAGE_HEADER).filter(PAGE.asMatchPredicate()).orElse("");
    if (!page.isEmpty()) {
      @Nullable Running earlier = byPage.put(page, running);
      if (earlier != null) {
        earlier.stop("the page has asked for something else");
      }
    }
    try {
      inTurn(running, work);
    } catch (CancellationException e) {
      throw stopped(running, e);
    } finally {
      byPage.remove(page, running);
      running.end();
    }
  }

  private static RuntimeException stopped(Running running, CancellationException e) {
    @Nullable String why = running.end();
    return why == null ? e : new Refusal(503, why);
  }

  private void inTurn(Running running, Work work) throws IOException {
    try {
      if (!free.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
        throw new Refusal(429, "the server is busy with other requests; try again");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("before its turn");
    }
    Thread watch = Thread.ofVirtual().start(() -> watch(running));
    try {
      work.run();
    } finally {
      watch.interrupt();
      free.release();
    }
  }

  private void watch(Running running) {
    try {
      Thread.sleep(mostMillis);
      running.stop(
          "this takes longer than %d seconds; ask for fewer steps or optimizers, or a simpler surface"
              .formatted(mostMillis / 1000));
    } catch (InterruptedException _) {
      return; // the work is done
    }
  }
}
