package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.Adadelta: Δ = √(E[Δ²] + ε)/√(E[g²] + ε) · g; ε stands under both roots. */
class AdadeltaTest {
  private static final Adadelta RULE = Adadelta.lr(0.5).rho(0.75).eps(0.25);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Adadelta.class))
        .isEqualTo(new Adadelta(1, 0.9, 1e-6, 0, false));
  }

  @Test
  void stepsAreInUnitsOfEarlierSteps() {
    // E[g²] = 0.25·4 = 1; Δ = √0.25/√1.25·2 = 1/√1.25; E[Δ²] = 0.25·0.8 = 0.2
    double first = 1 / Math.sqrt(1.25);
    // g = 0: E[g²] = 0.75; Δ = 0; E[Δ²] = 0.15
    // g = 2: E[g²] = 0.5625 + 1; Δ = √0.4/√1.8125·2; E[Δ²] = 0.1125 + 0.25·4·0.4/1.8125
    double third = 2 * Math.sqrt(0.4 / 1.8125);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(1 - 0.5 * first)
        .remembersOnly("adadelta/square_avg", "adadelta/acc_delta")
        .remembers("adadelta/square_avg", 1)
        .remembers("adadelta/acc_delta", 0.2)
        .step(0)
        .isAt(1 - 0.5 * first)
        .remembers("adadelta/acc_delta", 0.15)
        .step(2)
        .isAt(1 - 0.5 * first - 0.5 * third)
        .remembers("adadelta/acc_delta", 0.1125 + 0.4 / 1.8125);
  }

  @Test
  void theRateScalesTheStepButNotWhatIsRemembered() {
    Walk.of(RULE, 1).set("lr", 0.25).step(2).isAt(1 - 0.25 / Math.sqrt(1.25));
    Walk.of(RULE, 1).set("lr", 0.25).step(2).remembers("adadelta/acc_delta", 0.2);
  }

  @Test
  void weightDecayIsAddedToTheGradient() {
    // 1 + 0.5·2 = 2
    Walk.of(RULE.weightDecay(0.5), 2)
        .step(1)
        .remembers("adadelta/square_avg", 1)
        .isAt(2 - 0.5 / Math.sqrt(1.25));
  }

  @Test
  void maximizeClimbs() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1 + 0.5 / Math.sqrt(1.25));
  }
}
