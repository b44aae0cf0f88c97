package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.SGD: b ← μb + (1 − τ)g, first b = g; nesterov g + μb; θ ← θ − η·. */
class SgdTest {
  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Sgd.class)).isEqualTo(new Sgd(1e-3, 0, 0, 0, false, false));
  }

  @Test
  void withoutOptionsItStepsAgainstTheGradientTimesTheRate() {
    // 1 − 0.1·0.5 = 0.95; −2 − 0.1·(−3) = −1.7; 0 − 0 = 0
    Walk.of(Sgd.lr(0.1), 1, -2, 0)
        .step(0.5, -3, 0)
        .isAt(0.95, -1.7, 0)
        .step(0.5, 1, 2)
        .isAt(0.9, -1.8, -0.2);
  }

  @Test
  void withoutMomentumItRemembersNothing() {
    Walk.of(Sgd.lr(0.1), 1).step(1).remembersOnly();
  }

  @Test
  void momentumSumsGradientsAndTheRateStaysOutsideTheBuffer() {
    // b: 1, 0.9·1 + 0.5 = 1.4, 0.9·1.4 + 0 = 1.26; θ: 1 − 0.1, 0.9 − 0.14, 0.76 − 0.126
    Walk.of(Sgd.lr(0.1).momentum(0.9), 1)
        .step(1)
        .isAt(0.9)
        .remembersOnly("sgd/momentum_buffer")
        .remembers("sgd/momentum_buffer", 1)
        .step(0.5)
        .isAt(0.76)
        .remembers("sgd/momentum_buffer", 1.4)
        .step(0)
        .isAt(0.634)
        .remembers("sgd/momentum_buffer", 1.26);
  }

  @Test
  void theMomentumBufferDoesNotChangeWhenTheRateDoes() {
    // b = 1.4 after two steps; at rate 0.01: b = 1.26, θ = 0.76 − 0.0126
    Walk.of(Sgd.lr(0.1).momentum(0.9), 1)
        .step(1)
        .step(0.5)
        .set("lr", 0.01)
        .step(0)
        .remembers("sgd/momentum_buffer", 1.26)
        .isAt(0.7474);
  }

  @Test
  void dampeningDoesNotTouchTheFirstGradient() {
    // b: 1 (not 0.5), then 0.9·1 + 0.5·0.5 = 1.15; θ: 0.9, 0.9 − 0.115
    Walk.of(Sgd.lr(0.1).momentum(0.9).dampening(0.5), 1).step(1).isAt(0.9).step(0.5).isAt(0.785);
  }

  @Test
  void nesterovLooksAheadAlongTheNewBuffer() {
    // b = 1, d = 1 + 0.9·1 = 1.9; b = 1.4, d = 0.5 + 0.9·1.4 = 1.76
    Walk.of(Sgd.lr(0.1).momentum(0.9).nesterov(true), 1).step(1).isAt(0.81).step(0.5).isAt(0.634);
  }

  @Test
  void weightDecayIsAddedToTheGradient() {
    // 0.5 + 0.1·1 = 0.6 → 0.94; 0 + 0.1·0.94 = 0.094 → 0.9306
    Walk.of(Sgd.lr(0.1).weightDecay(0.1), 1).step(0.5).isAt(0.94).step(0).isAt(0.9306);
  }

  @Test
  void weightDecayEntersTheMomentumBuffer() {
    // b = 0.5 + 0.1 = 0.6 → 0.94; b = 0.9·0.6 + 0 + 0.094 = 0.634 → 0.8766
    Walk.of(Sgd.lr(0.1).momentum(0.9).weightDecay(0.1), 1)
        .step(0.5)
        .isAt(0.94)
        .step(0)
        .remembers("sgd/momentum_buffer", 0.634)
        .isAt(0.8766);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    // −0.5 + 0.1·1 = −0.4 → 1.04
    Walk.of(Sgd.lr(0.1).weightDecay(0.1).maximize(true), 1).step(0.5).isAt(1.04);
  }

  @Test
  void maximizeTurnsTheGradientAroundBeforeMomentum() {
    // b = −1 → 1.1; b = −0.9 − 0.5 = −1.4 → 1.24
    Walk.of(Sgd.lr(0.1).momentum(0.9).maximize(true), 1)
        .step(1)
        .isAt(1.1)
        .step(0.5)
        .remembers("sgd/momentum_buffer", -1.4)
        .isAt(1.24);
  }

  @Test
  void allOptionsTogether() {
    // step 1: g = −(1) + 0.5·2 = 0; b = 0; d = 0; θ = 2
    // step 2: g = −(3) + 0.5·2 = −2; b = 0.5·0 − 2 = −2; d = −2 + 0.5·(−2) = −3; θ = 2.3
    Walk.of(new Sgd(0.1, 0.5, 0, 0.5, true, true), 2).step(1).isAt(2).step(3).isAt(2.3);
  }

  @Test
  void aRateBelowZeroIsRefusedInOneLine() {
    assertThatThrownBy(() -> Sgd.lr(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sgd.lr must be in [0, inf), got -0.1");
    assertThatThrownBy(() -> Sgd.lr(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
