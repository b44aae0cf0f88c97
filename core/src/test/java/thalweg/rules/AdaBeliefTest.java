package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** Optax adabelief: m as Adam; v ← β₂v + (1 − β₂)(g − m)² + ε_root; θ ← θ − η m̂/(√v̂ + ε). */
class AdaBeliefTest {
  private static final AdaBelief RULE =
      AdaBelief.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).epsRoot(0.25);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(AdaBelief.class))
        .isEqualTo(new AdaBelief(1e-3, 0.9, 0.999, 1e-16, 1e-16));
  }

  @Test
  void theSecondMeanIsOfTheDistanceFromTheFirst() {
    // m = 1, v = 0.25·(2 − 1)² + 0.25 = 0.5: m̂ = 2, v̂ = 2
    // g = 0: m = 0.5, v = 0.75·0.5 + 0.25·0.5² + 0.25 = 0.6875
    double first = 2 / (Math.sqrt(2) + 0.5);
    double second = 0.5 / 0.75 / (Math.sqrt(0.6875 / 0.4375) + 0.5);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .remembersOnly("adabelief/exp_avg", "adabelief/exp_avg_var")
        .remembers("adabelief/exp_avg_var", 0.5)
        .step(0)
        .remembers("adabelief/exp_avg_var", 0.6875)
        .isAt(1 - 0.1 * first - 0.1 * second);
  }
}
