package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class ScaleByRssTest {
  @Test
  void dividesByTheRootOfTheSumOfSquaresPlusEps() {
    // √(5 + 4) = 3: 2/(3 + 1); √(9 + 16) = 5: 4/6
    Walk.of(Chain.of(new ScaleByRss(5, 1), new Descend(1)), 0)
        .step(2)
        .isAt(-0.5)
        .step(4)
        .isAt(-0.5 - 4 / 6.0);
  }
}
