package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.HeavyBall;
import thalweg.walk.Walk;

/** Closed form: argmin over x of lr l2/2 x² + ½ (x − θ)² = θ / (1 + lr l2). */
class ProxL2Test {
  @Test
  void theParameterIsDividedAfterTheStep() {
    // (3 − 0.5·1) / (1 + 0.5·0.5) = 2.5 / 1.25
    Walk.of(Chain.of(new Descend(0.5), new ProxL2(0.5)), 3, -3).step(1, -1).isAt(2, -2);
  }

  @Test
  void theRateInAVelocityIsKnown() {
    // 3 − 0.5·1 = 2.5, over 1.25; 2 − 0.5·0.5 = 1.75, over 1.25
    Walk.of(Chain.of(HeavyBall.lr(0.5).momentum(0.5), new ProxL2(0.5)), 3)
        .step(1)
        .isAt(2)
        .step(0)
        .isAt(1.4);
  }

  @Test
  void zerosKeepTheirSignAndNaNStaysNaN() {
    float[] w = {0, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY};
    Optimizer.of(
            Chain.of(new Descend(1), new ProxL2(1)),
            Parameters.of(ArrayParameter.of("w", w, new float[4])))
        .step();
    assertThat(w).isEqualTo(new float[] {0, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY});
  }
}
