package thalweg.rules;

import org.junit.jupiter.api.Test;
import thalweg.walk.Walk;

/** Bernstein et al. 2018, Algorithm 2: m ← βm + (1 − β)g; θ ← θ − η sign(m). */
class SignumTest {
  @Test
  void theSignIsThatOfTheRunningMean() {
    // m: 0.25·4 = 1; 0.75·1 − 0.25·2 = 0.25; 0.75·0.25 − 0.25·1 = −0.0625
    Walk.of(Signum.lr(0.1).momentum(0.75), 1)
        .step(4)
        .isAt(0.9)
        .remembersOnly("signum/momentum_buffer")
        .step(-2)
        .remembers("signum/momentum_buffer", 0.25)
        .isAt(0.8)
        .step(-1)
        .isAt(0.9);
  }

  @Test
  void withoutMomentumItIsTheSignOfTheGradient() {
    Walk.of(Signum.lr(0.1).momentum(0), 1, 1, 1).step(7, -1e-5, 0).isAt(0.9, 1.1, 1);
  }
}
