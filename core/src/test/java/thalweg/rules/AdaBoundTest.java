package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/**
 * Luo et al. 2019, Algorithm 2: rates clipped to final_lr·(1 − 1/(γt + 1)), final_lr·(1 + 1/(γt)).
 */
class AdaBoundTest {
  private static final AdaBound RULE =
      AdaBound.lr(0.1).beta1(0.5).beta2(0.75).finalLr(0.1).gamma(0.5).eps(0);

  @Test
  void defaultsAreTheAuthors() {
    assertThat(Hyperparameters.standard(AdaBound.class))
        .isEqualTo(new AdaBound(1e-3, 0.9, 0.999, 0.1, 1e-3, 1e-8, 0));
  }

  @Test
  void betweenTheBoundsItIsAdam() {
    // m = 1, v = 1; 0.1·√0.25/0.5/(1 + 0.5) = 1/15, between 0.1/3 and 0.3
    Walk.of(RULE.eps(0.5), 1).step(2).isAt(1 - 1 / 15.0);
  }

  @Test
  void theRateIsClippedToTheBounds() {
    // |g| = 0.2: 0.1/0.1 = 1, cut to 0.1·(1 + 1/0.5) = 0.3; |g| = 20: 0.01, raised to 0.1/3
    Walk.of(RULE, 1, 1).step(0.2, 20).isAt(1 - 0.3 * 0.1, 1 - 0.1 / 3 * 10);
  }

  @Test
  void theBoundsMoveWithTheRate() {
    // t = 2 at half the rate: m = 0.05, 0.05·√0.4375/0.75/√0.0075 = 0.51, cut to 0.05·(1 + 1) = 0.1
    Walk.of(RULE, 1)
        .step(0.2)
        .isAt(0.97)
        .set("lr", 0.05)
        .step(0)
        .isAt(0.97 - 0.1 * 0.05)
        .remembers("adabound/base_lr", 0.1);
  }

  @Test
  void aWarmUpFromZeroCountsFromItsFirstRate() {
    // t = 2, base_lr = 0.1: m = 0.1, v = 0.01, 0.1·√0.4375/0.75/(0.1 + 0.5) = 0.147, cut to
    // 0.05·(1 + 1) = 0.1
    Walk.of(AdaBound.lr(0).beta1(0.5).beta2(0.75).finalLr(0.05).gamma(0.5).eps(0.5), 1)
        .step(0)
        .isAt(1)
        .set("lr", 0.1)
        .step(0.2)
        .isAt(1 - 0.1 * 0.1);
  }

  @Test
  void weightDecayIsL2() {
    // g = 1 + 0.5·2 = 2
    Walk.of(RULE.eps(0.5).weightDecay(0.5), 2).step(1).isAt(2 - 1 / 15.0);
  }
}
