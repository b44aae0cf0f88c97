package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thalweg.formula.Extent;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.rules.Adafactor;
import thalweg.rules.Saga;

class StateTensorTest {
  @Test
  void aStateKeepsTheShapeOfWhatItIsRememberedFor() {
    var matrix =
        new ArrayParameter(
            "m", List.of(4L, 3L), Buffer.of(new float[12]), Buffer.of(new float[12]));
    var vector = ArrayParameter.of("v", new float[5], new float[5]);
    try (var optimizer = Optimizer.of(Adafactor.lr(0.1), Parameters.of(matrix, vector))) {
      OptimizerState state = optimizer.state();
      assertThat(state.tensor("default/adafactor/row_var/m").shape()).containsExactly(4L);
      assertThat(state.tensor("default/adafactor/col_var/m").shape()).containsExactly(3L);
      assertThat(state.tensor("default/adafactor/row_var/m").type()).isEqualTo(NumberType.FLOAT32);
    }
  }

  @Test
  void aTableHasItsTermsInFront() {
    var w = new ArrayParameter("w", List.of(2L, 3L), Buffer.of(new float[6]), null);
    try (var optimizer = Optimizer.of(new Saga(0.1, 7), Parameters.of(w))) {
      assertThat(optimizer.state().tensor("default/saga/gradients/w").shape())
          .containsExactly(7L, 2L, 3L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShapeHasAsManyElementsAsThereAreNumbers(Extent extent) {
    for (List<Long> shape :
        List.of(
            List.<Long>of(),
            List.of(7L),
            List.of(4L, 3L),
            List.of(2L, 3L, 4L),
            List.of(2L, 3L, 4L, 5L),
            List.of(2L, 0L),
            List.of(2L, 3L, 1L, 5L, 6L))) {
      assertThat(extent.shape(shape).stream().reduce(1L, Math::multiplyExact))
          .as(extent + " of " + shape)
          .isEqualTo(extent.count(shape));
    }
  }

  @Test
  void aShapeThatDoesNotFitTheElementsIsRefused() {
    assertThatThrownBy(() -> StateTensor.of(List.of(2L, 3L), 1, 2))
        .hasMessage("a tensor of shape [2, 3] has 6 elements, got 2");
  }

  @Test
  void equalTensorsHaveEqualBits() {
    assertThat(StateTensor.of(1, Double.NaN)).isEqualTo(StateTensor.of(1, Double.NaN));
    assertThat(StateTensor.of(0.0)).isNotEqualTo(StateTensor.of(-0.0));
    assertThat(StateTensor.of(1)).isNotEqualTo(StateTensor.number(1));
    assertThat(StateTensor.of(1))
        .isNotEqualTo(new StateTensor(List.of(1L), Buffer.of(new float[] {1})));
  }
}
