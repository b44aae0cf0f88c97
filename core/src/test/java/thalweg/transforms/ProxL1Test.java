package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.rules.Adagrad;
import thalweg.rules.HeavyBall;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

/** Closed form: argmin over x of lr l1 |x| + ½ (x − θ)² = sign(θ) max(|θ| − lr l1, 0). */
class ProxL1Test {
  @Test
  void elementsShrinkByTheRateTimesL1AndSmallOnesBecomeZero() {
    // θ − 0.5·g = (2, −2, 0.2, −0.2, 0.25); threshold 0.5·0.5 = 0.25
    Walk.of(Chain.of(new Descend(0.5), new ProxL1(0.5)), 3, -3, 0.2, -0.2, 0.25)
        .step(2, -2, 0, 0, 0)
        .isAt(1.75, -1.75, 0, 0, 0);
  }

  @Test
  void aStepFromTheOptimumOfTheLassoStaysThere() {
    // f = ½ (θ − 3)², l1 = 1: the optimum is 2, where θ − 3 = −1; a step from there stays:
    // 2 − 0.25·(−1) = 2.25; minus 0.25·1
    Walk.of(Chain.of(new Descend(0.25), new ProxL1(1)), 2).step(-1).isAt(2);
  }

  @Test
  void aNewRateIsANewThreshold() {
    Walk.of(Chain.of(Sgd.lr(1), new ProxL1(0.5)), 2)
        .step(0)
        .isAt(1.5)
        .set("lr", 0.5)
        .step(0)
        .isAt(1.25)
        .set("l1", 1)
        .step(0)
        .isAt(0.75);
  }

  @Test
  void theRateIsTheOneInForceAlsoWhereItDecays() {
    // the second step's rate is 1/(1 + 1·1) = 0.5
    Walk.of(Chain.of(Adagrad.lr(1).lrDecay(1), new ProxL1(0.5)), 2)
        .step(0)
        .isAt(1.5)
        .step(0)
        .isAt(1.25);
  }

  @Test
  void theRateInAVelocityIsKnown() {
    // v = 0.5·1 = 0.5: 3 − 0.5 = 2.5; threshold 0.5·1
    // v = 0.5·0.5 + 0 = 0.25: 2 − 0.25 = 1.75; minus 0.5
    Walk.of(Chain.of(HeavyBall.lr(0.5).momentum(0.5), new ProxL1(1)), 3)
        .step(1)
        .isAt(2)
        .step(0)
        .isAt(1.25);
  }

  @Test
  void zerosKeepTheirSignAndNaNStaysNaN() {
    float[] w = {0, -0.0f, 0.1f, -0.1f, Float.NaN, Float.NEGATIVE_INFINITY};
    Optimizer.of(
            Chain.of(new Descend(1), new ProxL1(0.5)),
            Parameters.of(ArrayParameter.of("w", w, new float[6])))
        .step();
    assertThat(w).isEqualTo(new float[] {0, -0.0f, 0, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY});
  }

  @Test
  void takesOnePass() {
    assertThat(Plan.of(Formula.of(Chain.of(Sgd.lr(0.1), new ProxL1(1)))).trips()).hasSize(1);
  }
}
