package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** AdaBelief's direction; see AdaBeliefTest. */
class ScaleByBeliefTest {
  @Test
  void dividesByTheRootOfTheMeanSquaredSurprise() {
    // m̂ = 2, v̂ = 0.25·(2 − 1)²/0.25 = 1: 2/1.5
    Walk.of(Chain.of(new ScaleByBelief(0.5, 0.75, 0.5, 0), new Descend(1)), 0)
        .step(2)
        .isAt(-4 / 3.0);
  }
}
