package thalweg.lab.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void aBurstIsServedAndThenAsManyAsTheRateSays() {
    AtomicLong now = new AtomicLong(5);
    Rate rate = new Rate(2, 3, now::get);
    assertThat(taken(rate, 10)).isEqualTo(3);
    now.addAndGet(500_000_000);
    assertThat(taken(rate, 10)).isEqualTo(1);
    now.addAndGet(1_000_000_000);
    assertThat(taken(rate, 10)).isEqualTo(2);
    now.addAndGet(3_600_000_000_000L);
    assertThat(taken(rate, 10)).as("never more than the burst").isEqualTo(3);
  }

  private static int taken(Rate rate, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rate.take() ? 1 : 0;
    }
    return taken;
  }
}
