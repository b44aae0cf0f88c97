package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Transformation;
import thalweg.print.Explanation;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.walk.Walk;

/** What holds for every projection and proximal step. */
class AfterTheDescentTest {
  static List<Transformation> links() {
    return List.of(
        new ProjectNonnegative(),
        new ProjectBox(0, 1),
        new ProjectL2Ball(1),
        new ProxL1(0.1),
        new ProxL2(0.1),
        new ProxElasticNet(0.1, 0.1));
  }

  @ParameterizedTest
  @MethodSource("links")
  void beforeTheDescentItIsRefused(Transformation link) {
    String message = link.name() + " stands before the descent; put it after the optimizer";
    assertThatThrownBy(() -> Formula.of(Chain.of(link, Sgd.lr(0.1))))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Formula.of(link))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("links")
  void explainedAloneItStandsBehindADescent(Transformation link) {
    var explained = Explanation.of(link);
    assertThat(explained.formula().getFirst()).isEqualTo("θ ← θ − η g");
    assertThat(explained.formula().size()).isGreaterThan(1);
    assertThat(explained.legend())
        .contains("It stands behind an optimizer; a descent is shown in front of it.");
  }

  @Test
  void severalActInTheOrderTheyStandIn() {
    // 3 − 1 = 2; soft thresholding by 0.5: 1.5; the box: 1. The other way round: 1, then 0.5
    Walk.of(Chain.of(new Descend(1), new ProxL1(0.5), new ProjectBox(-1, 1)), 3).step(1).isAt(1);
    Walk.of(Chain.of(new Descend(1), new ProjectBox(-1, 1), new ProxL1(0.5)), 3).step(1).isAt(0.5);
  }

  @Test
  void momentumDoesNotSeeTheProjection() {
    // b: 1, then 1·1 + 1 = 2: 0.5 − 1 → 0; 0 − 2 → 0
    Walk.of(Chain.of(Sgd.lr(1).momentum(1), new ProjectNonnegative()), 0.5)
        .step(1)
        .isAt(0)
        .step(1)
        .remembers("sgd/momentum_buffer", 2)
        .isAt(0);
  }

  @Test
  void theRateAskedForBeforeTheDescentIsRefused() {
    assertThatThrownBy(() -> Formula.of(Specs.parse("prox_l1(0.1) | adam")))
        .isInstanceOf(FormulaException.class)
        .hasMessage("prox_l1 stands before the descent; put it after the optimizer");
  }
}
