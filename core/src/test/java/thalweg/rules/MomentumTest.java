package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** b ← γb + g; θ ← θ − ηb. The three spellings are compared here. */
class MomentumTest {
  @Test
  void gammaIsNineTenthsByDefault() {
    assertThat(Hyperparameters.standard(Momentum.class).momentum()).isEqualTo(0.9);
    assertThat(Hyperparameters.standard(HeavyBall.class).momentum()).isEqualTo(0.9);
    assertThat(Hyperparameters.standard(EmaMomentum.class).momentum()).isEqualTo(0.9);
  }

  @Test
  void theRateStaysOutsideTheBuffer() {
    // b: 1, 1.4, 1.26
    Walk.of(Momentum.lr(0.1), 1)
        .step(1)
        .isAt(0.9)
        .step(0.5)
        .isAt(0.76)
        .remembers("momentum/momentum_buffer", 1.4)
        .step(0)
        .isAt(0.634);
  }

  @Test
  void theThreeSpellingsAgreeAtAConstantRate() {
    // heavy ball v = 0.1, 0.14, 0.126; momentum b = ten times that;
    // running mean v = as heavy ball, with the rate 1 = 0.1 / (1 − 0.9)
    Walk heavy = Walk.of(HeavyBall.lr(0.1), 1);
    Walk pyTorch = Walk.of(Momentum.lr(0.1), 1);
    Walk mean = Walk.of(EmaMomentum.lr(1), 1);
    for (Walk walk : new Walk[] {heavy, pyTorch, mean}) {
      walk.step(1).isAt(0.9).step(0.5).isAt(0.76).step(0).isAt(0.634);
    }
  }

  @Test
  void theThreeSpellingsPartWhenTheRateFallsTenfold() {
    // heavy ball: v = 0.9·0.14 + 0.01·2 = 0.146 keeps the old rate's share: 0.76 − 0.146 = 0.614
    Walk.of(HeavyBall.lr(0.1), 1).step(1).step(0.5).set("lr", 0.01).step(2).isAt(0.614);
    // rate outside: b = 0.9·1.4 + 2 = 3.26; 0.76 − 0.01·3.26 = 0.7274
    Walk.of(Momentum.lr(0.1), 1).step(1).step(0.5).set("lr", 0.01).step(2).isAt(0.7274);
    // running mean: v = 0.9·0.14 + 0.1·2 = 0.326; 0.76 − 0.1·0.326 = 0.7274
    Walk.of(EmaMomentum.lr(1), 1).step(1).step(0.5).set("lr", 0.1).step(2).isAt(0.7274);
  }

  @Test
  void theRunningMeanPartsFromTheSumWhenGammaChanges() {
    // sum: b = 0.5·1.4 + 1 = 1.7; 0.76 − 0.17 = 0.59
    Walk.of(Momentum.lr(0.1), 1).step(1).step(0.5).set("momentum", 0.5).step(1).isAt(0.59);
    // mean: v = 0.5·0.14 + 0.5·1 = 0.57; 0.76 − 0.57 = 0.19
    Walk.of(EmaMomentum.lr(1), 1).step(1).step(0.5).set("momentum", 0.5).step(1).isAt(0.19);
  }
}
