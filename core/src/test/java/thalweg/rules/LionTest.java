package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/**
 * Chen et al. 2023, Algorithm 2: c = β₁m + (1 − β₁)g; θ ← θ − η(sign c + λθ); m ← β₂m + (1 − β₂)g.
 */
class LionTest {
  private static final Lion RULE = Lion.lr(0.1).beta1(0.5).beta2(0.75).weightDecay(0);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(Lion.class)).isEqualTo(new Lion(1e-4, 0.9, 0.99, 1e-3));
  }

  @Test
  void everyElementMovesByTheWholeRate() {
    Walk.of(RULE, 1, 1, 1).step(1e-6, -300, 0).isAt(0.9, 1.1, 1);
  }

  @Test
  void theSignSeesBeta1AndTheMemoryBeta2() {
    // c = 0.5·2 = 1; m = 0.25·2 = 0.5
    // c = 0.5·0.5 + 0.5·(−1) = −0.25; m = 0.75·0.5 + 0.25·(−1) = 0.125
    // with the betas swapped: m = 1, c = 0.75 − 0.25 = 0.5, a step down
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.9)
        .remembersOnly("lion/exp_avg")
        .remembers("lion/exp_avg", 0.5)
        .step(-1)
        .isAt(1)
        .remembers("lion/exp_avg", 0.125);
  }

  @Test
  void theDecayIsDecoupled() {
    // 1·(1 − 0.1·0.5) − 0.1 = 0.85; 0.85·0.95 + 0.1 = 0.9075
    Walk.of(RULE.weightDecay(0.5), 1).step(2).isAt(0.85).step(-1).isAt(0.9075);
  }
}
