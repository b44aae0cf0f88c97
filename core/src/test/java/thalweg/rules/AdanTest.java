package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** Optax adan: means of g, of its change and of (g + (1 − β₂) change)². */
class AdanTest {
  private static final Adan RULE = Adan.lr(0.1).beta1(0.5).beta2(0.75).beta3(0.5).eps(0.5);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(Adan.class))
        .isEqualTo(new Adan(1e-3, 0.98, 0.92, 0.99, 1e-8, 0, 0));
  }

  @Test
  void theFirstGradientHasNotChangedYet() {
    // m̂ = 2, v̂ = 0, n̂ = 4: 2/2.5 = 0.8
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.92)
        .remembersOnly("adan/prev", "adan/exp_avg", "adan/exp_avg_diff", "adan/exp_avg_sq")
        .remembers("adan/prev", 2)
        .remembers("adan/exp_avg_diff", 0);
  }

  @Test
  void laterItLooksAheadAlongTheChange() {
    // g = 4, change 2: m = 0.5 + 2 = 2.5, v = 0.25·2 = 0.5, n = 0.5·2 + 0.5·(4 + 0.25·2)² = 11.125
    double mean = 2.5 / 0.75 + 0.25 * (0.5 / 0.4375);
    Walk.of(RULE, 1)
        .step(2)
        .step(4)
        .remembers("adan/exp_avg_diff", 0.5)
        .remembers("adan/exp_avg_sq", 11.125)
        .isAt(0.92 - 0.1 * mean / (Math.sqrt(11.125 / 0.75) + 0.5));
  }

  @Test
  void theDecayIsDecoupled() {
    // 1·0.95 − 0.08
    Walk.of(RULE.weightDecay(0.5), 1).step(2).isAt(0.87);
  }

  @Test
  void epsRootStandsUnderTheRoot() {
    // √(4 + 5) + 0.5 = 3.5
    Walk.of(RULE.epsRoot(5), 1).step(2).isAt(1 - 0.1 * 2 / 3.5);
  }
}
