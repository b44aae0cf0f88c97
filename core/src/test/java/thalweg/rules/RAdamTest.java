package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.RAdam: Adam times r_t where ρ_t > 5, the running mean alone below. */
class RAdamTest {
  /** ρ_max = 2/(1 − 0.75) − 1 = 7. */
  private static final RAdam RULE = RAdam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(RAdam.class))
        .isEqualTo(new RAdam(1e-3, 0.9, 0.999, 1e-8, 0, false, false));
  }

  @Test
  void itRectifiesFromTheEighthUpdateOn() {
    // ρ_t = 7 − 2t·0.75ᵗ/(1 − 0.75ᵗ): 1, 1.86, 2.62, 3.30, 3.89, 4.40, 4.84, 5.22
    // g = 2 all the time: m̂ = 2, a step of 0.1·2
    Walk walk = Walk.of(RULE, 3);
    for (int t = 1; t <= 7; t++) {
      walk.step(2).isAt(3 - 0.2 * t);
    }
    double correction = 1 - Math.pow(0.75, 8);
    double rho = 7 - 16 * Math.pow(0.75, 8) / correction;
    double r = Math.sqrt((rho - 4) * (rho - 2) * 7 / ((7 - 4) * (7 - 2) * rho));
    // v = 4·(1 − 0.75⁸); eps stands beside the root of the uncorrected v
    double adaptive = Math.sqrt(correction) / (2 * Math.sqrt(correction) + 0.5);
    walk.step(2).isAt(1.6 - 0.1 * 2 * r * adaptive);
  }

  @Test
  void whereTheMemoryIsShortItNeverRectifies() {
    // ρ_max = 3
    Walk walk = Walk.of(RULE.beta2(0.5), 3);
    for (int t = 1; t <= 12; t++) {
      walk.step(2).isAt(3 - 0.2 * t);
    }
  }

  @Test
  void weightDecayIsL2() {
    // g = 2 + 0.5·2 = 3, m = 1.5: 1.7; g = 0.85, m = 0.75 + 0.425 = 1.175, m̂ = 1.175/0.75
    Walk.of(RULE.weightDecay(0.5), 2)
        .step(2)
        .isAt(1.7)
        .remembers("radam/exp_avg", 1.5)
        .step(0)
        .isAt(1.7 - 0.1 * 1.175 / 0.75);
  }

  @Test
  void orDecoupled() {
    // 2·0.95 − 0.2 = 1.7, m = 1; 1.7·0.95 − 0.1·0.5/0.75
    Walk.of(RULE.weightDecay(0.5).decoupledWeightDecay(true), 2)
        .step(2)
        .isAt(1.7)
        .remembers("radam/exp_avg", 1)
        .step(0)
        .isAt(1.7 * 0.95 - 0.1 * 0.5 / 0.75);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1.2);
    // −1 + 1·3 = 2
    Walk.of(RULE.maximize(true).weightDecay(1), 3).step(1).isAt(2.8);
  }
}
