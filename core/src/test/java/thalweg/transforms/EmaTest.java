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

  @Test
  void debiasedItStartsWithTheDirectionItself() {
    // 1/(1 − 0.75) = 4; 0.5/(1 − 0.5625) = 8/7; what is remembered is the plain mean
    Walk.of(Chain.of(new Ema(0.75, true), new Descend(1)), 0)
        .step(4)
        .isAt(-4)
        .remembers("ema/ema", 1)
        .step(-1)
        .remembers("ema/ema", 0.5)
        .isAt(-4 - 8 / 7.0);
  }

  @Test
  void debiasCanBeSwitchedOnTheWay() {
    Walk.of(Chain.of(new Ema(0.75), new Descend(1)), 0)
        .step(4)
        .isAt(-1)
        .set("debias", true)
        .step(-1)
        .isAt(-1 - 8 / 7.0);
  }
}
