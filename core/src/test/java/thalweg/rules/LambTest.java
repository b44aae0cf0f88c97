package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.plan.Plan;
import thalweg.walk.Walk;

/** Optax lamb: Adam's direction + λθ, times ‖θ‖ over its norm. */
class LambTest {
  private static final Lamb RULE = Lamb.lr(0.1).beta1(0.5).beta2(0.75).eps(0);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(Lamb.class))
        .isEqualTo(new Lamb(1e-3, 0.9, 0.999, 1e-6, 0, 0));
  }

  @Test
  void theStepIsAsLongAsTheParameter() {
    // Adam's first direction: (1, −1); times 5/√2
    double step = 0.1 * 5 / Math.sqrt(2);
    Walk.of(RULE, 3, 4)
        .step(2, -2)
        .isAt(3 - step, 4 + step)
        .remembersOnly("lamb/exp_avg", "lamb/exp_avg_sq");
  }

  @Test
  void theDecayIsPartOfTheDirection() {
    // (1, −1) + 1·(3, 4) = (4, 3), as long as the parameter: ratio 1
    Walk.of(RULE.weightDecay(1), 3, 4).step(2, -2).isAt(2.6, 3.7);
  }

  @Test
  void aParameterAtZeroStillStarts() {
    Walk.of(RULE, 0, 0).step(2, -2).isAt(-0.1, 0.1);
  }

  @Test
  void epsRootStandsUnderTheRoot() {
    // 2/√(4 + 5) each; the ratio takes that out again where elements are alike
    double step = 0.1 * 5 / Math.sqrt(2);
    Walk.of(RULE.epsRoot(5), 3, 4).step(2, -2).isAt(3 - step, 4 + step);
    // a parameter at zero shows it
    Walk.of(RULE.epsRoot(5), 0).step(2).isAt(-0.1 * 2 / 3);
  }

  @Test
  void itTakesTwoPasses() {
    assertThat(Plan.of(Formula.of(RULE.weightDecay(1))).trips()).hasSize(2);
  }
}
