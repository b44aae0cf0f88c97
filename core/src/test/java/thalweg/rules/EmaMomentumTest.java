package thalweg.rules;

import org.junit.jupiter.api.Test;
import thalweg.walk.Walk;

/** Momentum as a running mean: v ← βv + (1 − β)g; θ ← θ − ηv. */
class EmaMomentumTest {
  @Test
  void theBufferIsARunningMeanFromZero() {
    // v: 0.25·4 = 1; 0.75·1 + 0.25·(−1) = 0.5; 0.75·0.5 = 0.375
    Walk.of(EmaMomentum.lr(0.1).momentum(0.75), 1)
        .step(4)
        .isAt(0.9)
        .step(-1)
        .isAt(0.85)
        .step(0)
        .isAt(0.8125);
  }
}
