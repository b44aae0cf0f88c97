package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Optax scale_by_amsgrad; see AmsgradCorrectedTest. */
class ScaleByAmsgradTest {
  @Test
  void dividesByTheRootOfTheLargestCorrectedMean() {
    // 2/2.5; (2/3)/2.5
    Walk.of(Chain.of(new ScaleByAmsgrad(0.5, 0.75, 0.5, 0), new Descend(1)), 0)
        .step(2)
        .isAt(-0.8)
        .step(0)
        .isAt(-0.8 - 4 / 15.0);
  }
}
