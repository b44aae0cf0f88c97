package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.plan.Plan;
import thalweg.walk.Walk;

/** Optax lars: (g + λθ) times c‖θ‖ over its norm, times η, then momentum. */
class LarsTest {
  private static final Lars RULE = Lars.lr(0.1).trustCoefficient(0.5).momentum(0.5);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(Lars.class)).isEqualTo(new Lars(1, 0, 1e-3, 0, 0.9, false));
  }

  @Test
  void momentumSumsScaledGradients() {
    // ratio 0.5·5/2 = 1.25, (0, 2.5)·0.1; g = 0: half the velocity
    Walk.of(RULE, 3, 4)
        .step(0, 2)
        .isAt(3, 3.75)
        .remembersOnly("lars/momentum_buffer")
        .remembers("lars/momentum_buffer", 0, 0.25)
        .step(0, 0)
        .isAt(3, 3.625);
  }

  @Test
  void theVelocityHoldsTheRate() {
    Walk.of(RULE, 3, 4).step(0, 2).set("lr", 0).step(7, 7).isAt(3, 3.625);
  }

  @Test
  void theDecayIsPartOfTheDirection() {
    // (1, −4) + 1·(3, 4) = (4, 0): ratio 0.5·5/4 = 0.625, (2.5, 0)
    Walk.of(RULE.weightDecay(1), 3, 4).step(1, -4).isAt(2.75, 4);
  }

  @Test
  void epsIsAddedToTheNormOfTheDirection() {
    // 0.5·5/(2 + 0.5) = 1
    Walk.of(RULE.eps(0.5), 3, 4).step(0, 2).isAt(3, 3.8);
  }

  @Test
  void nesterovLooksAheadAlongTheNewVelocity() {
    // 0.25 + 0.5·0.25 = 0.375
    Walk.of(RULE.nesterov(true), 3, 4).step(0, 2).isAt(3, 3.625);
  }

  @Test
  void withoutMomentumItRemembersNothing() {
    Walk.of(RULE.momentum(0), 3, 4).step(0, 2).isAt(3, 3.75).remembersOnly();
  }

  @Test
  void itTakesTwoPasses() {
    assertThat(Plan.of(Formula.of(RULE.weightDecay(1))).trips()).hasSize(2);
  }
}
