package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Hyperparameters;
import thalweg.memory.NumberType;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.RowsParameter;
import thalweg.walk.Walk;

/**
 * torch.optim.SparseAdam: in rows with a gradient m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ
 * − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε), t counted by every step.
 */
class SparseAdamTest {
  private static final SparseAdam RULE = SparseAdam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(SparseAdam.class))
        .isEqualTo(new SparseAdam(1e-3, 0.9, 0.999, 1e-8, false));
  }

  @Test
  void epsIsAddedToTheRootOfTheUncorrectedMean() {
    // m = 0.5·2 = 1, v = 0.25·4 = 1; α = 0.1·√(1 − 0.75)/(1 − 0.5) = 0.1; θ = 1 − 0.1·1/(1 + 0.5)
    // g = 1: m = 0.5 + 0.5 = 1, v = 0.75 + 0.25 = 1; α = 0.1·√(1 − 0.5625)/(1 − 0.25)
    double first = 1 - 0.1 / 1.5;
    Walk.of(RULE, 1)
        .step(2)
        .isAt(first)
        .remembersOnly("sparse_adam/exp_avg", "sparse_adam/exp_avg_sq")
        .remembers("sparse_adam/exp_avg", 1)
        .remembers("sparse_adam/exp_avg_sq", 1)
        .step(1)
        .isAt(first - 0.1 * Math.sqrt(0.4375) / 0.75 / 1.5);
  }

  @Test
  void maximizeClimbs() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1 + 0.1 / 1.5);
  }

  @Test
  void aDenseGradientHasAllRowsAlsoThoseThatAreZero() {
    // m = 1, 0.5; v = 1, 0.75; α as above: the mean goes on moving the parameter
    Walk.of(RULE, 1)
        .step(2)
        .step(0)
        .remembers("sparse_adam/exp_avg", 0.5)
        .isAt(1 - 0.1 / 1.5 - 0.1 * Math.sqrt(0.4375) / 0.75 * 0.5 / (Math.sqrt(0.75) + 0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aRowWithoutGradientRestsWhileTimeGoesOn(String backend) {
    RowsParameter table = RowsParameter.allocate("e", NumberType.FLOAT32, 3, 1);
    for (int row = 0; row < 3; row++) {
      table.value().set(row, 1);
    }
    try (var optimizer =
        Optimizer.over(Parameters.of(table)).otherwise(RULE).backend(backend).build()) {
      // t = 1, row 0: as above
      table.add(0, 2);
      optimizer.step();
      double first = 1 - 0.1 / 1.5;
      stands(table, first, 1, 1);
      // t = 2, row 2 for the first time: m = 1, v = 1, but α is that of t = 2
      optimizer.zeroGrad();
      table.add(2, 2);
      optimizer.step();
      double late = 1 - 0.1 * Math.sqrt(0.4375) / 0.75 / 1.5;
      stands(table, first, 1, late);
      // t = 3, no row
      optimizer.zeroGrad();
      optimizer.step();
      stands(table, first, 1, late);
      // t = 4, row 0 again, g = 1: m = 0.5·1 + 0.5 = 1, v = 0.75·1 + 0.25 = 1, as if t had been 2;
      // α = 0.1·√(1 − 0.75⁴)/(1 − 0.5⁴) = 0.1·√0.68359375/0.9375
      optimizer.zeroGrad();
      table.add(0, 1);
      optimizer.step();
      stands(table, first - 0.1 * Math.sqrt(0.68359375) / 0.9375 / 1.5, 1, late);
      assertThat(optimizer.state().updates()).containsEntry("default/e", 4L);
      double[] means = optimizer.state().tensor("default/sparse_adam/exp_avg/e").toDoubles();
      assertThat(means).containsExactly(1, 0, 1);
    }
  }

  private static void stands(RowsParameter table, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(table.value().get(i)).as("row " + i).isCloseTo(expected[i], within(1e-6));
    }
  }
}
