package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class ScaleByAdadeltaTest {
  @Test
  void givesTheDirectionInUnitsOfEarlierSteps() {
    // √0.25/√(0.25·4 + 0.25)·2
    Walk.of(Chain.of(new ScaleByAdadelta(0.75, 0.25), new Descend(1)), 0)
        .step(2)
        .isAt(-1 / Math.sqrt(1.25));
  }
}
