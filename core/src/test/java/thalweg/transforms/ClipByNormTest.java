package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class ClipByNormTest {
  private static Chain clip(double norm) {
    return Chain.of(new ClipByNorm(norm), new Descend(1));
  }

  @Test
  void aLongGradientIsScaledToTheNorm() {
    // |(3, 4)| = 5; times 1/5
    Walk.of(clip(1), 0, 0).step(3, 4).isAt(-0.6, -0.8);
  }

  @Test
  void aShortGradientIsLeftAlone() {
    Walk.of(clip(5.5), 0, 0).step(3, 4).isAt(-3, -4);
    Walk.of(clip(5), 0, 0).step(3, 4).isAt(-3, -4);
    Walk.of(clip(1), 2, 3).step(0, 0).isAt(2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void eachTensorHasANormOfItsOwn(String backend) {
    float[] first = {0, 0};
    float[] second = {0, 0};
    float[] third = {0, 0};
    // |(6, 8)| = 10: times 1/5; |(0.5, 1)| < 2; a NaN stays in its tensor
    var parameters =
        Parameters.of(
            ArrayParameter.of("a", first, new float[] {6, 8}),
            ArrayParameter.of("b", second, new float[] {0.5f, 1}),
            ArrayParameter.of("c", third, new float[] {Float.NaN, 1}));
    try (var optimizer = Optimizer.over(parameters).otherwise(clip(2)).backend(backend).build()) {
      optimizer.step();
    }
    assertThat(first).containsExactly(-1.2f, -1.6f);
    assertThat(second).containsExactly(-0.5f, -1);
    assertThat(third).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void anInfiniteElementBecomesNaNAndTheFiniteOnesZero() {
    Walk.of(clip(1), 2, 3).step(Double.POSITIVE_INFINITY, 5).isAt(Double.NaN, 3);
  }

  @Test
  void theNormCanBeMovedBetweenSteps() {
    Walk.of(clip(1), 0, 0).step(3, 4).set("max_norm", 2.5).step(3, 4).isAt(-2.1, -2.8);
  }

  @Test
  void takesTwoPasses() {
    assertThat(Plan.of(Formula.of(Chain.of(new ClipByNorm(1), Sgd.lr(0.1)))).trips()).hasSize(2);
  }

  @Test
  void aNormOfZeroIsRefused() {
    assertThatThrownBy(() -> new ClipByNorm(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ClipByNorm.max_norm must be in (0, inf), got 0.0");
  }
}
