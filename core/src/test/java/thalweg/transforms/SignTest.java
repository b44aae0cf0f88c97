package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class SignTest {
  @Test
  void onlyTheSignIsLeft() {
    Walk.of(Chain.of(new Sign(), new Descend(0.5)), 0, 0, 0, 1, 1)
        .step(3, -1e-30, Double.NEGATIVE_INFINITY, 0, -0.0)
        .isAt(-0.5, 0.5, 0.5, 1, 1);
  }

  @Test
  void naNStaysNaN() {
    Walk.of(Chain.of(new Sign(), new Descend(0.5)), 0).step(Double.NaN).isAt(Double.NaN);
  }

  @Test
  void ofARunningMeanItIsSignum() {
    // m: 0.5·4 = 2 → 1; 0.5·2 + 0.5·(−1) = 0.5 → 1; 0.25 − 1.5 = −1.25 → −1
    Walk.of(Chain.of(new Ema(0.5), new Sign(), new Descend(0.25)), 0)
        .step(4)
        .isAt(-0.25)
        .step(-1)
        .isAt(-0.5)
        .step(-3)
        .isAt(-0.25);
  }
}
