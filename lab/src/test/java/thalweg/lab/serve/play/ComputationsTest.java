package thalweg.lab.serve.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import thalweg.lab.serve.http.Refusal;

@Timeout(20)
class ComputationsTest {
  private static final Optional<String> NOBODY = Optional.empty();
  private static final Optional<String> PAGE = Optional.of("page-1");

  @Test
  void whoseTurnDoesNotComeIsToldSo() {
    Computations one = new Computations(1, 50, 60_000);
    try (Computation busy = one.begin(NOBODY, ComputationsTest::forEver)) {
      busy.awaitBegin();
      assertRefused(() -> one.run(NOBODY, () -> {}), 429, "busy");
    }
    one.run(NOBODY, () -> {}); // its turn comes when the other has been closed
  }

  @Test
  void workThatTakesTooLongIsStopped() {
    Computations quick = new Computations(1, 50, 100);
    assertRefused(() -> quick.run(NOBODY, ComputationsTest::forEver), 503, "takes longer than");
  }

  @Test
  void aPageThatAsksAgainStopsWhatItAskedAndNobodyElses() {
    Computations two = new Computations(2, 60_000, 60_000);
    try (Computation first = two.begin(PAGE, ComputationsTest::forEver);
        Computation other = two.begin(Optional.of("page-2"), ComputationsTest::forEver)) {
      first.awaitBegin();
      other.awaitBegin();
      two.run(PAGE, () -> {}); // the first makes way
      assertRefused(first::awaitEnd, 503, "asked for something else");
      boolean[] ended = new boolean[1];
      other.whenEnded(() -> ended[0] = true);
      assertThat(ended[0]).isFalse();
    }
  }

  @Test
  void oneThatWaitsForItsTurnMakesWayToo() {
    Computations one = new Computations(1, 60_000, 60_000);
    try (Computation busy = one.begin(NOBODY, ComputationsTest::forEver)) {
      busy.awaitBegin();
      Computation waiting = one.begin(PAGE, () -> {});
      try (Computation newer = one.begin(PAGE, () -> {})) {
        assertRefused(waiting::awaitBegin, 503, "asked for something else");
        busy.close();
        newer.awaitEnd();
      }
    }
  }

  @Test
  void whatTheWorkThrowsIsThrownOn() {
    Computations one = new Computations(1, 50, 60_000);
    assertThatThrownBy(() ->
            one.run(
                NOBODY,
                () -> {
                  throw new IllegalArgumentException("no");
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
  }

  private static void assertRefused(Runnable action, int status, String says) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(status))
        .hasMessageContaining(says);
  }

  /** Until it is interrupted. */
  private static void forEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      throw new CancellationException();
    }
  }
}
