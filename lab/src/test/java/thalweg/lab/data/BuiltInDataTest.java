package thalweg.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;

class BuiltInDataTest {
  @ParameterizedTest
  @CsvSource({
    "digits, 1797, 64, CLASSIFICATION",
    "breast_cancer, 569, 30, CLASSIFICATION",
    "diabetes, 442, 10, REGRESSION",
    "iris, 150, 4, CLASSIFICATION"
  })
  void everyDataSetHasItsRowsColumnsAndSource(String name, int rows, int columns, Task task) {
    DataSet data = BuiltInData.named(name);
    assertThat(data.rows()).isEqualTo(rows);
    assertThat(data.columns()).hasSize(columns);
    assertThat(data.task()).isEqualTo(task);
    assertThat(data.source()).contains("scikit-learn");
  }

  @Test
  void theFirstDigitIsAZero() {
    DataSet digits = BuiltInData.named("digits");
    assertThat(((Target.Classes) digits.target()).labels()).startsWith(0, 1, 2, 3);
    assertThat(((Column.Numeric) digits.columns().get(2)).values().at(0)).isEqualTo(5 / 16.0);
  }

  @Test
  void anUnknownNameOffersTheNearest() {
    assertThatThrownBy(() -> BuiltInData.named("digit"))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "unknown data set 'digit': did you mean 'digits'?"
                + " (your own table: --csv FILE --target COLUMN)");
    assertThatThrownBy(() -> BuiltInData.named("mnist"))
        .hasMessageContaining("there is 'digits', 'breast_cancer', 'diabetes', 'iris'");
  }
}
