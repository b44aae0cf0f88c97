package thalweg.rules;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.transforms.DecayWeights;
import thalweg.walk.Walk;

/** Polyak's heavy ball with the rate inside: v ← γv + ηg; θ ← θ − v. */
class HeavyBallTest {
  @Test
  void theVelocityHoldsTheRate() {
    // v: 0.2·(1, −3) = (0.2, −0.6); 0.5·v + 0.2·(2, 0) = (0.5, −0.3); 0.5·v = (0.25, −0.15)
    Walk.of(HeavyBall.lr(0.2).momentum(0.5), 1, 0)
        .step(1, -3)
        .isAt(0.8, 0.6)
        .step(2, 0)
        .isAt(0.3, 0.9)
        .step(0, 0)
        .isAt(0.05, 1.05);
  }

  @Test
  void aDecayInFrontShrinksByTheRateTimesIt() {
    // 1 − 0.2·0.5 = 0.9; v = 0.2·1
    Walk.of(Chain.of(new DecayWeights(0.5), HeavyBall.lr(0.2).momentum(0.5)), 1).step(1).isAt(0.7);
  }

  @Test
  void withTheRateAtZeroItRollsOn() {
    // v = 0.5·0.2 + 0·7 = 0.1
    Walk.of(HeavyBall.lr(0.2).momentum(0.5), 1).step(1).isAt(0.8).set("lr", 0).step(7).isAt(0.7);
  }
}
