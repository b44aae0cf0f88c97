package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class DecayWeightsTest {
  @Test
  void theDescentShrinksTheParameterFirst() {
    // 2·(1 − 0.1·0.5) − 0.1·1 = 1.8
    Walk.of(Chain.of(new DecayWeights(0.5), new Descend(0.1)), 2).step(1).isAt(1.8);
  }

  @Test
  void momentumBehindItNeverSeesTheDecay() {
    // b = 1: 1.8; b = 0.5: 1.8·0.95 − 0.05
    Walk.of(Chain.of(new DecayWeights(0.5), new Trace(0.5, 0, false), new Descend(0.1)), 2)
        .step(1)
        .isAt(1.8)
        .step(0)
        .remembers("trace/momentum_buffer", 0.5)
        .isAt(1.66);
  }

  @Test
  void twoDecaysAddUp() {
    // 2·(1 − 0.1·0.75)
    Walk.of(Chain.of(new DecayWeights(0.5), new DecayWeights(0.25), new Descend(0.1)), 2)
        .step(0)
        .isAt(1.85);
  }
}
