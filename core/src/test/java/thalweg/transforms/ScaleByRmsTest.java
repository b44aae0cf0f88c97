package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class ScaleByRmsTest {
  @Test
  void dividesByTheRootPlusEps() {
    // v = 1: 2/1.25
    Walk.of(Chain.of(new ScaleByRms(0.75, 0.25, false), new Descend(1)), 0).step(2).isAt(-1.6);
  }

  @Test
  void centeredItTakesTheSquaredMeanOff() {
    // v = 1, mean = 0.5
    Walk.of(Chain.of(new ScaleByRms(0.75, 0.25, true), new Descend(1)), 0)
        .step(2)
        .isAt(-2 / (Math.sqrt(0.75) + 0.25));
  }

  @Test
  void centeredWithoutMemoryTheVarianceIsZeroAndOnlyEpsIsLeft() {
    // α = 0: v = g² = mean²
    Walk.of(Chain.of(new ScaleByRms(0, 0.25, true), new Descend(1)), 0).step(2).isAt(-8);
  }
}
