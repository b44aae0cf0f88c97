package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import thalweg.lab.surface.Surface;

class TogetherTest {
  @Test
  void resultsComeInOrder() {
    List<Callable<Integer>> pieces = List.of(() -> 1, () -> 2, () -> 3);
    assertThat(Together.run(pieces, 2)).containsExactly(1, 2, 3);
  }

  @Test
  void whatAPieceThrowsComesOutAsItIs() {
    List<Callable<Integer>> pieces =
        List.of(() -> {
          throw new IllegalArgumentException("so");
        });
    assertThatThrownBy(() -> Together.run(pieces, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("so");
  }

  /** Two million updates would take seconds; the playground gives up earlier ones. */
  @Test
  @Timeout(60)
  void anInterruptionStopsAllWalks() throws Exception {
    Surface surface = Valleys.rosenbrock();
    TraceRequest request =
        new TraceRequest(surface, List.of("adam", "adagrad"), surface.start(), 1_000_000, 0, 1);
    CountDownLatch underWay = new CountDownLatch(1);
    List<Walk> walked = new java.util.concurrent.CopyOnWriteArrayList<>();
    FutureTask<Boolean> tracing =
        new FutureTask<>(() -> {
          assertThatThrownBy(() ->
                  Tracer.trace(
                      request,
                      2,
                      new TraceListener() {
                        @Override
                        public void advanced(String label, long updates) {
                          underWay.countDown();
                        }

                        @Override
                        public void walked(int index, Walk walk) {
                          walked.add(walk);
                        }
                      }))
              .isInstanceOf(CancellationException.class);
          return Thread.currentThread().isInterrupted();
        });
    Thread thread = new Thread(tracing);
    thread.start();
    underWay.await();
    thread.interrupt();
    assertThat(tracing.get(50, TimeUnit.SECONDS)).isTrue();
    assertThat(walked).isEmpty();
  }
}
