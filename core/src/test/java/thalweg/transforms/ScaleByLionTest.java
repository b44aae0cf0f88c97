package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Lion's direction; see LionTest for the mathematics. */
class ScaleByLionTest {
  @Test
  void givesTheSignOfTheInterpolation() {
    // c = 1, −0.25 with the memory at beta2
    Walk.of(Chain.of(new ScaleByLion(0.5, 0.75), new Descend(1)), 0)
        .step(2)
        .isAt(-1)
        .step(-1)
        .isAt(0);
  }
}
