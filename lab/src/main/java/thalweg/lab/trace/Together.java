package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that goes on some pieces at a time. */
final class Together {
  private Together() {}

  /**
   * Does all pieces.
   *
   * @param threads pieces at a time, at least 1
   * @return the results, in order
   * @throws CancellationException if the thread is interrupted; all pieces have ended then
   * @throws RuntimeException what a piece threw; the others have been interrupted then
   */
  static <T> List<T> run(List<? extends Callable<T>> pieces, int threads) {
    int workers = Math.max(1, Math.min(threads, pieces.size()));
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<T>> running = new ArrayList<>();
      pieces.forEach(piece -> running.add(pool.submit(piece)));
      try {
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) {
          results.add(one.get());
        }
        return results;
      } catch (InterruptedException _) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("the trace was stopped");
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw failure(e);
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }
}
