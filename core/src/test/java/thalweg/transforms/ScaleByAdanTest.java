package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Adan's direction; see AdanTest. */
class ScaleByAdanTest {
  @Test
  void addsTheMeanOfTheChanges() {
    // 2/2.5; then g = 4, as worked out in AdanTest
    double mean = 2.5 / 0.75 + 0.25 * (0.5 / 0.4375);
    Walk.of(Chain.of(new ScaleByAdan(0.5, 0.75, 0.5, 0.5, 0), new Descend(1)), 0)
        .step(2)
        .isAt(-0.8)
        .step(4)
        .isAt(-0.8 - mean / (Math.sqrt(11.125 / 0.75) + 0.5));
  }
}
