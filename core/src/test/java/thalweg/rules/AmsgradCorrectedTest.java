package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** Optax amsgrad: v_max ← max(v_max, v̂); θ ← θ − η m̂/(√(v_max + ε_root) + ε). */
class AmsgradCorrectedTest {
  private static final AmsgradCorrected RULE =
      AmsgradCorrected.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(AmsgradCorrected.class))
        .isEqualTo(new AmsgradCorrected(1e-3, 0.9, 0.999, 1e-8, 0));
  }

  @Test
  void theMaximumIsOfTheCorrectedMean() {
    // m̂ = 1/0.5 = 2, v̂ = 1/0.25 = 4: 2/(2 + 0.5) = 0.8
    // g = 0: m̂ = 0.5/0.75 = 2/3, v̂ = 0.75/0.4375 < 4: (2/3)/2.5 = 4/15
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.92)
        .remembersOnly(
            "amsgrad_corrected/exp_avg",
            "amsgrad_corrected/exp_avg_sq",
            "amsgrad_corrected/max_exp_avg_sq")
        .remembers("amsgrad_corrected/max_exp_avg_sq", 4)
        .step(0)
        .remembers("amsgrad_corrected/max_exp_avg_sq", 4)
        .isAt(0.92 - 0.1 * 4 / 15);
  }

  @Test
  void pyTorchsMaximumOfTheUncorrectedMeanIsAnother() {
    // √(v_max/(1 − 0.75²)) = √(1/0.4375), not 2
    Walk.of(Adam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).amsgrad(true), 1)
        .step(2)
        .isAt(0.92)
        .step(0)
        .isAt(0.92 - 0.1 * (2 / 3.0 / (Math.sqrt(1 / 0.4375) + 0.5)));
  }

  @Test
  void epsRootStandsUnderTheRoot() {
    // √(4 + 5) + 0.5 = 3.5
    Walk.of(RULE.epsRoot(5), 1).step(2).isAt(1 - 0.1 * 2 / 3.5);
  }
}
