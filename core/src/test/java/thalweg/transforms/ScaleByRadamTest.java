package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** RAdam's direction; see RAdamTest. */
class ScaleByRadamTest {
  @Test
  void startsWithTheCorrectedMeanAlone() {
    // m̂ = 2; 0.5/0.75
    Walk.of(Chain.of(new ScaleByRadam(0.5, 0.75, 0.5), new Descend(1)), 0)
        .step(2)
        .isAt(-2)
        .step(0)
        .isAt(-2 - 2 / 3.0);
  }
}
