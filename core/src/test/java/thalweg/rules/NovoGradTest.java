package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.plan.Plan;
import thalweg.walk.Walk;

/** Optax novograd: v is one number a tensor; m ← β₁m + g/(√v + ε) + λθ. */
class NovoGradTest {
  private static final NovoGrad RULE = NovoGrad.lr(0.1).beta1(0.5).beta2(0.75).eps(1);

  @Test
  void defaultsAreOptaxs() {
    assertThat(Hyperparameters.standard(NovoGrad.class))
        .isEqualTo(new NovoGrad(1e-2, 0.9, 0.25, 1e-6, 0, 0));
  }

  @Test
  void theSecondMomentIsThatOfTheWholeTensor() {
    // v = 9 + 16 = 25: (3, 4)/6; then v = 0.75·25 + 0.25·1 = 19, m = (0.25, 1/3) + (0, 1)/(√19 + 1)
    double second = 1 / 3.0 + 1 / (Math.sqrt(19) + 1);
    Walk.of(RULE, 1, 1)
        .step(3, 4)
        .isAt(0.95, 1 - 0.1 * 2 / 3)
        .remembers("novograd/exp_avg_sq", 25)
        .step(0, 1)
        .isAt(0.95 - 0.1 * 0.25, 1 - 0.1 * 2 / 3 - 0.1 * second);
  }

  @Test
  void theDecayEntersTheMomentum() {
    // (0.5, 2/3) + 0.5·(1, 1); g = 0: half of it and 0.5·θ again
    double first = 1 - 0.1 * 1;
    Walk.of(RULE.weightDecay(0.5), 1, 1)
        .step(3, 4)
        .remembers("novograd/exp_avg", 1, 2 / 3.0 + 0.5)
        .step(0, 0)
        .remembers(
            "novograd/exp_avg",
            0.5 + 0.5 * first,
            (2 / 3.0 + 0.5) / 2 + 0.5 * (1 - 0.1 * (2 / 3.0 + 0.5)));
  }

  @Test
  void epsRootStandsUnderTheRoot() {
    // √(25 + 24) + 1 = 8
    Walk.of(RULE.epsRoot(24), 1, 1).step(3, 4).isAt(1 - 0.1 * 3 / 8, 0.95);
  }

  @Test
  void itTakesTwoPasses() {
    assertThat(Plan.of(Formula.of(RULE)).trips()).hasSize(2);
  }
}
