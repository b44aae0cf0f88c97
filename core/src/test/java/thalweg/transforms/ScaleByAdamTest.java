package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.rules.AdamW;
import thalweg.walk.Walk;

class ScaleByAdamTest {
  private static final ScaleByAdam SCALE =
      new ScaleByAdam(0.5, 0.75, 0.5, false, EpsPlacement.OUTSIDE, true);

  @Test
  void givesTheCorrectedMeanOverTheCorrectedRoot() {
    // m̂ = 2, v̂ = 4: 2/2.5; then (2/3)/(√(12/7) + 0.5)
    Walk.of(Chain.of(SCALE, new Descend(1)), 0)
        .step(2)
        .isAt(-0.8)
        .step(0)
        .isAt(-0.8 - 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5));
  }

  @Test
  void behindADecayAndBeforeADescentItIsAdamW() {
    Walk pieces = Walk.of(Chain.of(SCALE, new DecayWeights(0.5), new Descend(0.1)), 1, -2);
    Walk whole = Walk.of(AdamW.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).weightDecay(0.5), 1, -2);
    // 0.95 − 0.08 = 0.87; −1.9 + 0.1·m̂/(√v̂ + 0.5) with m̂ = −1, v̂ = 1: −1.9 + 1/15
    pieces.step(2, -1).isAt(0.87, -1.9 + 0.1 / 1.5);
    whole.step(2, -1).isAt(0.87, -1.9 + 0.1 / 1.5);
  }
}
