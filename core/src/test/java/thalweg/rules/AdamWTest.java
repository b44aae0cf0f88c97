package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.transforms.EpsPlacement;
import thalweg.walk.Walk;

/** Loshchilov and Hutter 2019: θ ← θ(1 − ηλ), then Adam; torch.optim.AdamW. */
class AdamWTest {
  private static final AdamW RULE = AdamW.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).weightDecay(0.5);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(AdamW.class))
        .isEqualTo(
            new AdamW(1e-3, 0.9, 0.999, 1e-8, 1e-2, false, EpsPlacement.OUTSIDE, true, false));
  }

  @Test
  void decayShrinksTheParameterAndStaysOutOfTheMeans() {
    // 1·(1 − 0.05) − 0.1·0.8 = 0.87; m = 1 and v = 1 as without decay
    // g = 0: 0.87·0.95 − 0.1·(2/3)/(√(12/7) + 0.5)
    double second = 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.87)
        .remembersOnly("adamw/exp_avg", "adamw/exp_avg_sq")
        .remembers("adamw/exp_avg", 1)
        .remembers("adamw/exp_avg_sq", 1)
        .step(0)
        .isAt(0.87 * 0.95 - 0.1 * second);
  }

  @Test
  void withoutAGradientOnlyTheDecayMovesIt() {
    // 3·(1 − 0.1·0.5) = 2.85; Adam with L2 would move it by the whole rate
    Walk.of(RULE, 3).step(0).isAt(2.85).step(0).isAt(2.7075);
  }

  @Test
  void withDecayAtZeroItIsAdam() {
    Walk.of(RULE.weightDecay(0), 1)
        .step(2)
        .isAt(0.92)
        .step(0)
        .isAt(0.92 - 0.1 * (2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5)));
  }

  @Test
  void theDecayIsScaledByTheRateInForce() {
    // rate 0.1: 0.87; rate 0.2: 0.87·0.9 − 0.2·…
    double second = 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5);
    Walk.of(RULE, 1).step(2).set("lr", 0.2).step(0).isAt(0.87 * 0.9 - 0.2 * second);
  }

  @Test
  void maximizeTurnsTheGradientAndNotTheDecay() {
    // 0.95 + 0.08
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1.03);
  }

  @Test
  void amsgradKeepsTheMaximumOfTheUncorrectedMean() {
    double second = 2 / 3.0 / (Math.sqrt(1 / 0.4375) + 0.5);
    Walk.of(RULE.amsgrad(true), 1)
        .step(2)
        .isAt(0.87)
        .step(0)
        .remembers("adamw/max_exp_avg_sq", 1)
        .isAt(0.87 * 0.95 - 0.1 * second);
  }

  @Test
  void theDialectsOfAdamAreHereToo() {
    Walk.of(RULE.epsPlacement(EpsPlacement.INSIDE), 1).step(2).isAt(0.95 - 0.2 / Math.sqrt(4.5));
    Walk.of(RULE.biasCorrection(false), 1).step(2).isAt(0.95 - 0.2 / 3);
    Walk.of(AdamW.lr(0.1).weightDecay(0), 1).step(1e-8).isAt(0.95);
  }

  @Test
  void betaMustBeBelowOne() {
    assertThatThrownBy(() -> RULE.beta2(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AdamW.beta2 must be in [0, 1), got 1.0");
  }
}
