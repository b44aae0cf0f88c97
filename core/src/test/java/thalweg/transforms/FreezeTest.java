package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class FreezeTest {
  @Test
  void nothingMovesAndNothingIsRemembered() {
    Walk.of(new Freeze(), 1, -2).step(5, Double.NaN).isAt(1, -2).remembersOnly();
    assertThat(Plan.of(Formula.of(new Freeze())).trips()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aFrozenGroupRestsBesideOneThatLearns(String backend) {
    float[] frozen = {1, 2};
    float[] learning = {1, 2};
    try (Optimizer optimizer =
        Optimizer.over(
                Parameters.of(
                    ArrayParameter.of("body", frozen, new float[] {1, Float.NaN}),
                    ArrayParameter.of("head", learning, new float[] {1, 1})))
            .group("frozen", parameter -> parameter.name().equals("body"), new Freeze())
            .otherwise(Sgd.lr(1))
            .backend(backend)
            .build()) {
      optimizer.step();
      optimizer.step();
      assertThat(frozen).containsExactly(1, 2);
      assertThat(learning).containsExactly(-1, 0);
      assertThat(optimizer.stateBytes()).isZero();
      assertThat(optimizer.state().tensors()).isEmpty();
    }
  }

  @Test
  void aRuleBehindItRestsWithItsState() {
    Walk.of(Chain.of(new Freeze(), Adam.lr(0.1).weightDecay(0.1)), 1, -2)
        .step(5, Double.NaN)
        .step(5, Double.POSITIVE_INFINITY)
        .isAt(1, -2)
        .remembers("adam/exp_avg", 0, 0)
        .remembers("adam/exp_avg_sq", 0, 0);
  }

  @Test
  void aProjectionBehindItRestsToo() {
    Walk.of(Chain.of(new Freeze(), new ProjectNonnegative()), -1).step(1).isAt(-1);
    Walk.of(Chain.of(new Freeze(), new ProxL1(1)), 0.5).step(1).isAt(0.5);
    Walk.of(Chain.of(new Freeze(), Sgd.lr(1), new Lookahead(1, 0.5)), 0.5).step(1).isAt(0.5);
  }

  @Test
  void aPauseInFrontOrBehindChangesNothing() {
    Walk.of(Chain.of(new Accumulate(1), new Freeze(), Sgd.lr(1)), 1).step(1).step(1).isAt(1);
    Walk.of(Chain.of(new Freeze(), new Accumulate(1), Sgd.lr(1)), 1).step(1).step(1).isAt(1);
  }
}
