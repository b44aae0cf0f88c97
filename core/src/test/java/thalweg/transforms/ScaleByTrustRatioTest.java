package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Optax scale_by_trust_ratio: d · trust_coefficient ‖θ‖ / (‖d‖ + ε), 1 where a norm is 0. */
class ScaleByTrustRatioTest {
  private static Walk walk(double minNorm, double trustCoefficient, double eps, double... start) {
    return Walk.of(
        Chain.of(new ScaleByTrustRatio(minNorm, trustCoefficient, eps), new Descend(0.1)), start);
  }

  @Test
  void theStepIsAsLongAsTheParameter() {
    // ‖θ‖ = 5, ‖d‖ = 2: (0, 2)·2.5 = (0, 5)
    walk(0, 1, 0, 3, 4).step(0, 2).isAt(3, 3.5);
  }

  @Test
  void timesTheCoefficient() {
    walk(0, 0.5, 0, 3, 4).step(0, 2).isAt(3, 3.75);
  }

  @Test
  void epsIsAddedToTheNormOfTheDirection() {
    // 5/(2 + 0.5) = 2
    walk(0, 1, 0.5, 3, 4).step(0, 2).isAt(3, 3.6);
  }

  @Test
  void whereANormIsZeroTheDirectionStaysAsItIs() {
    walk(0, 0.5, 0, 0, 0).step(3, 4).isAt(-0.3, -0.4);
    walk(0, 0.5, 0, 3, 4).step(0, 0).isAt(3, 4);
  }

  @Test
  void normsAreAtLeastTheSmallest() {
    // max(5, 4)/max(2, 4) = 1.25; both 10: 1
    walk(4, 1, 0, 3, 4).step(0, 2).isAt(3, 3.75);
    walk(10, 1, 0, 3, 4).step(0, 2).isAt(3, 3.8);
  }
}
