package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.walk.Walk;

class ProjectNonnegativeTest {
  private static final Chain RULE = Chain.of(new Descend(0.5), new ProjectNonnegative());

  @Test
  void whatWouldBeNegativeIsZero() {
    // 1 − 0.5·3 = −0.5; 1 − 0.5·1 = 0.5; −2 from the start
    Walk.of(RULE, 1, 1, -2).step(3, 1, 0).isAt(0, 0.5, 0);
  }

  @Test
  void minusZeroBecomesZeroAndNaNStaysNaN() {
    float[] w = {-0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    Optimizer.of(RULE, Parameters.of(ArrayParameter.of("w", w, new float[4]))).step();
    assertThat(w).containsExactly(0, Float.NaN, Float.POSITIVE_INFINITY, 0);
    assertThat(Float.floatToRawIntBits(w[0])).isZero();
  }

  @Test
  void stepsOnAConstrainedParabolaEndAtItsCorner() {
    // f = ½ (θ₁ + 1)² + ½ (θ₂ − 1)², θ ≥ 0: the minimum is (0, 1). From (1, 0) with rate 0.5:
    // (1 − 0.5·2, 0 + 0.5) = (0, 0.5); (−0.5 → 0, 0.75)
    Walk.of(RULE, 1, 0).step(2, -1).isAt(0, 0.5).step(1, -0.5).isAt(0, 0.75);
  }
}
