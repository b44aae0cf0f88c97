package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.NAdam: μ_t = β₁(1 − 0.96^(tψ)/2); P ← Pμ_t; the step looks ahead with μ_{t+1}. */
class NAdamTest {
  private static final NAdam RULE = NAdam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).momentumDecay(0);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(NAdam.class))
        .isEqualTo(new NAdam(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false));
  }

  @Test
  void theProductOfTheMomentaIsRemembered() {
    // ψ = 0: μ = 0.5·(1 − 0.5) = 0.25 at every update; P = 0.25, then 0.0625
    // g = 2: m = 1, v̂ = 4: (2·0.75/(1 − 0.25) + 1·0.25/(1 − 0.0625))/(2 + 0.5)
    // g = 0: m = 0.5, v̂ = 12/7: 0.5·0.25/(1 − 0.015625)/(√(12/7) + 0.5)
    double first = (2 + 0.25 / 0.9375) / 2.5;
    double second = 0.125 / (1 - 0.015625) / (Math.sqrt(12 / 7.0) + 0.5);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .remembersOnly("nadam/exp_avg", "nadam/exp_avg_sq", "nadam/mu_product")
        .remembers("nadam/mu_product", 0.25)
        .step(0)
        .remembers("nadam/mu_product", 0.0625)
        .isAt(1 - 0.1 * first - 0.1 * second);
  }

  @Test
  void theMomentumGrowsWithTime() {
    // ψ = 1: μ₁ = 0.5·(1 − 0.48) = 0.26, μ₂ = 0.5·(1 − 0.4608) = 0.2696, μ₃ = 0.5·(1 − 0.442368)
    double first = (2 + 0.2696 / (1 - 0.26 * 0.2696)) / 2.5;
    double third = 0.278816;
    double second = 0.5 * third / (1 - 0.26 * 0.2696 * third) / (Math.sqrt(12 / 7.0) + 0.5);
    Walk.of(RULE.momentumDecay(1), 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .step(0)
        .isAt(1 - 0.1 * first - 0.1 * second);
  }

  @Test
  void weightDecayIsL2() {
    // g = 1 + 0.5·2 = 2
    Walk.of(RULE.weightDecay(0.5), 2).step(1).isAt(2 - 0.1 * (2 + 0.25 / 0.9375) / 2.5);
  }

  @Test
  void orDecoupled() {
    Walk.of(RULE.weightDecay(0.5).decoupledWeightDecay(true), 2)
        .step(2)
        .isAt(1.9 - 0.1 * (2 + 0.25 / 0.9375) / 2.5);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1 + 0.1 * (2 + 0.25 / 0.9375) / 2.5);
    // −1 + 1·3 = 2
    Walk.of(RULE.maximize(true).weightDecay(1), 3)
        .step(1)
        .isAt(3 - 0.1 * (2 + 0.25 / 0.9375) / 2.5);
  }
}
