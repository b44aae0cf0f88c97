package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.walk.Walk;

/** Closed form: argmin over x of lr (l1 |x| + l2/2 x²) + ½ (x − θ)². */
class ProxElasticNetTest {
  @Test
  void shrinksAndThenDivides() {
    // 3 − 0.5·1 = 2.5; minus 0.5·1 = 2; over 1 + 0.5·0.5
    Walk.of(Chain.of(new Descend(0.5), new ProxElasticNet(1, 0.5)), 3, -3, 0.5)
        .step(1, -1, 0.5)
        .isAt(1.6, -1.6, 0);
  }

  @Test
  void isProxL1ThenProxL2() {
    float[] w = {3, -0.3f, 0.7f, -0.0f, Float.NaN};
    float[] other = w.clone();
    float[] gradient = {0.1f, 0.2f, -0.3f, 0, 1};
    Optimizer.of(
            Chain.of(Sgd.lr(0.3), new ProxElasticNet(0.7, 0.9)),
            Parameters.of(ArrayParameter.of("w", w, gradient)))
        .step();
    Optimizer.of(
            Chain.of(Sgd.lr(0.3), new ProxL1(0.7), new ProxL2(0.9)),
            Parameters.of(ArrayParameter.of("w", other, gradient)))
        .step();
    assertThat(w).isEqualTo(other);
  }

  @Test
  void bothNamesAreWrittenOut() {
    assertThat(Specs.print(new ProxElasticNet(0.1, 0.2)))
        .isEqualTo("prox_elastic_net(l1=0.1, l2=0.2)");
    assertThat(Specs.parse("prox_elastic_net(l2=0.2, l1=0.1)"))
        .isEqualTo(new ProxElasticNet(0.1, 0.2));
  }

  @Test
  void eachPartCanBeZeroAndBeTurnedUpLater() {
    Walk.of(Chain.of(new Descend(1), new ProxElasticNet(0, 1)), 4)
        .step(0)
        .isAt(2)
        .set("l1", 0.5)
        .step(0)
        .isAt(0.75)
        .set("l2", 0)
        .step(0)
        .isAt(0.25);
  }
}
