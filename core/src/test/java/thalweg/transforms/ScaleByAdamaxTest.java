package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Adamax' direction; see AdamaxTest. */
class ScaleByAdamaxTest {
  @Test
  void dividesByTheLargestDecayedSize() {
    // 2/2.5; (2/3)/1.875
    Walk.of(Chain.of(new ScaleByAdamax(0.5, 0.75, 0.5), new Descend(1)), 0)
        .step(2)
        .isAt(-0.8)
        .step(0)
        .isAt(-0.8 - 2 / 3.0 / 1.875);
  }
}
