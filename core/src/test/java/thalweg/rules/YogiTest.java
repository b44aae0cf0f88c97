package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** Optax yogi: v ← v − (1 − β₂) sign(v − g²) g², both means from initial_accumulator_value. */
class YogiTest {
  private static final Yogi RULE =
      Yogi.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).initialAccumulatorValue(1);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(Yogi.class))
        .isEqualTo(new Yogi(1e-2, 0.9, 0.999, 1e-3, 0, 1e-6));
  }

  @Test
  void theSecondMomentMovesByAShareOfTheSquare() {
    // m = 0.5·1 + 0.5·2 = 1.5, v = 1 + 0.25·4 = 2: m̂ = 3, v̂ = 8
    // g = 1: m = 0.75 + 0.5 = 1.25, v = 2 − 0.25·1 = 1.75: m̂ = 5/3, v̂ = 4, 5/3/2.5 = 2/3
    double first = 3 / (Math.sqrt(8) + 0.5);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .remembersOnly("yogi/exp_avg", "yogi/exp_avg_sq")
        .remembers("yogi/exp_avg", 1.5)
        .remembers("yogi/exp_avg_sq", 2)
        .step(1)
        .remembers("yogi/exp_avg_sq", 1.75)
        .isAt(1 - 0.1 * first - 0.1 * 2 / 3);
  }

  @Test
  void withoutAGradientTheSecondMomentStays() {
    Walk.of(RULE, 1).step(0).remembers("yogi/exp_avg_sq", 1);
  }

  @Test
  void epsRootStandsUnderTheRoot() {
    // √(8 + 1) + 0.5 = 3.5
    Walk.of(RULE.epsRoot(1), 1).step(2).isAt(1 - 0.1 * 3 / 3.5);
  }
}
