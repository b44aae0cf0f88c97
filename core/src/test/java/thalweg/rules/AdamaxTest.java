package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.Adamax: u ← max(β₂u, |g| + ε); θ ← θ − η m̂/u. */
class AdamaxTest {
  private static final Adamax RULE = Adamax.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Adamax.class))
        .isEqualTo(new Adamax(2e-3, 0.9, 0.999, 1e-8, 0, false));
  }

  @Test
  void epsIsAddedInsideTheMaximum() {
    // m̂ = 2, u = max(0, 2 + 0.5) = 2.5; then m̂ = 0.5/0.75, u = max(0.75·2.5, 0.5) = 1.875
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.92)
        .remembersOnly("adamax/exp_avg", "adamax/exp_inf")
        .remembers("adamax/exp_inf", 2.5)
        .step(0)
        .remembers("adamax/exp_inf", 1.875)
        .isAt(0.92 - 0.1 * (2 / 3.0) / 1.875);
  }

  @Test
  void weightDecayIsL2() {
    // g = 1 + 0.5·2 = 2
    Walk.of(RULE.weightDecay(0.5), 2).step(1).isAt(1.92);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1.08);
    // −1 + 1·3 = 2
    Walk.of(RULE.maximize(true).weightDecay(1), 3).step(1).isAt(2.92);
  }
}
