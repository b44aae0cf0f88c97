package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class AddDecayedWeightsTest {
  @Test
  void addsAMultipleOfTheParameterToTheDirection() {
    // 1 + 0.5·2 = 2 → 1.8; 0 + 0.5·1.8 = 0.9 → 1.71
    Walk.of(Chain.of(new AddDecayedWeights(0.5), new Descend(0.1)), 2)
        .step(1)
        .isAt(1.8)
        .step(0)
        .isAt(1.71);
  }

  @Test
  void whatStandsBehindItSeesTheDecay() {
    // trace: 2, then 0.5·2 + 0.5·1.8 = 1.9
    Walk.of(Chain.of(new AddDecayedWeights(0.5), new Trace(0.5, 0, false), new Descend(0.1)), 2)
        .step(1)
        .isAt(1.8)
        .step(0)
        .isAt(1.61);
  }

  @Test
  void whatStandsBeforeItDoesNot() {
    // clipped to 1 first: 1 + 0.5·2 = 2
    Walk.of(Chain.of(new ClipByValue(1), new AddDecayedWeights(0.5), new Descend(0.1)), 2)
        .step(100)
        .isAt(1.8);
  }
}
