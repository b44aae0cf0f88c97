package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Comparison;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;
import thalweg.rules.Sgd;
import thalweg.transforms.Accumulate;

class NoticeTest {
  /** Says once when the largest gradient of the group is over 3. */
  private record Watch() implements Transformation {
    @Override
    public String name() {
      return "watch";
    }

    @Override
    public Tensor apply(Tensor g, Step s) {
      ScalarState said = s.groupNumber("said", "a", 0);
      Scalar largest = g.abs().largest(Scope.MODEL);
      Scalar isLarge = Scalar.of(3).is(Comparison.LESS, largest);
      Scalar now = said.old().choose(Scalar.ZERO, isLarge);
      said.becomes(said.old().max(isLarge));
      s.notice(now, "a gradient of %s, over %s", largest, Scalar.of(3));
      return g;
    }
  }

  private static List<String> heard(Transformation rule, String backend, float... gradients) {
    List<String> heard = new ArrayList<>();
    float[] gradient = {0};
    var parameters =
        Parameters.of(
            ArrayParameter.of("a", new float[] {1}, gradient),
            ArrayParameter.of("b", new float[] {1}, new float[] {0}));
    try (Optimizer optimizer =
        Optimizer.over(parameters)
            .otherwise(rule)
            .backend(backend)
            .notices(text -> heard.add(text))
            .build()) {
      for (float g : gradients) {
        gradient[0] = g;
        optimizer.step();
        heard.add("|");
      }
    }
    return heard;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aNoticeIsGivenOnceAtItsStepWithItsValues(String backend) {
    assertThat(heard(Chain.of(new Watch(), Sgd.lr(1)), backend, 1, -4, 5, 1))
        .containsExactly("|", "a gradient of 4.0, over 3.0", "|", "|", "|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aNoticeBehindAPauseWaitsForTheUpdate(String backend) {
    // the mean of −4 and −4 and, too late, of 9 and 9
    assertThat(heard(Chain.of(new Accumulate(2), new Watch(), Sgd.lr(1)), backend, -4, -4, 9, 9))
        .containsExactly("|", "a gradient of 4.0, over 3.0", "|", "|", "|");
  }

  @Test
  void theFormulaKnowsIt() {
    assertThat(Formula.of(Chain.of(new Watch(), Sgd.lr(1))).notices()).hasSize(1);
  }
}
