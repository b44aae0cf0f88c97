package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.ASGD: θ ← θ(1 − λη_t) − η_t g; ax ← ax + μ_t(θ − ax); η and μ lag one update. */
class AsgdTest {
  private static final Asgd RULE = Asgd.lr(0.5).lambd(0.5).alpha(1).t0(1);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Asgd.class))
        .isEqualTo(new Asgd(1e-2, 1e-4, 0.75, 1e6, 0, false));
  }

  @Test
  void theRateFallsAndTheAverageStartsAfterT0() {
    // η: 0.5, 0.5/(1 + 0.25·1) = 0.4, 0.5/1.5 = 1/3, 0.5/1.75 = 2/7
    // θ: 4·0.75 − 1 = 2; 2·0.8 = 1.6; 1.6·5/6 = 4/3; 4/3·6/7 = 8/7
    // μ: 1, 1/max(1, 1 − 1) = 1, 1/max(1, 2 − 1) = 1, 1/max(1, 3 − 1) = 1/2
    Walk.of(RULE, 4)
        .step(2)
        .isAt(2)
        .remembers("asgd/ax", 2)
        .remembers("asgd/eta", 0.4)
        .step(0)
        .isAt(1.6)
        .remembers("asgd/ax", 1.6)
        .step(0)
        .isAt(4 / 3.0)
        .remembers("asgd/ax", 4 / 3.0)
        .remembers("asgd/mu", 0.5)
        .step(0)
        .isAt(8 / 7.0)
        .remembers("asgd/ax", (4 / 3.0 + 8 / 7.0) / 2);
  }

  @Test
  void aNewRateActsOneUpdateLater() {
    // 0.4 still; then 0
    Walk.of(RULE, 4).step(2).set("lr", 0).step(0).isAt(1.6).step(7).isAt(1.6);
  }

  @Test
  void weightDecayIsL2() {
    // g = 1 + 0.5·2 = 2: 2·0.75 − 0.5·2
    Walk.of(RULE.weightDecay(0.5), 2).step(1).isAt(0.5);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    // 4·0.75 + 1
    Walk.of(RULE.maximize(true), 4).step(2).isAt(4);
  }
}
