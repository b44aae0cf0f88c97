package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class EmaTest {
  @Test
  void isARunningMeanFromZeroWithoutCorrection() {
    // 0.25·4 = 1; 0.75 + 0.25·(−1) = 0.5
    Walk.of(Chain.of(new Ema(0.75), new Descend(1)), 0).step(4).isAt(-1).step(-1).isAt(-1.5);
  }
}
