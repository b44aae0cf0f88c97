package thalweg.lab.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.compare.ComparisonFixture.Wish;

class ResultTableTest {
  @Test
  void aClassificationIsAsApproved() throws IOException {
    assertThat(ResultTable.text(ComparisonFixture.of(new Wish(8, 30, 3, false, true))))
        .isEqualTo(approved("classification-table.txt"));
  }

  @Test
  void aRegressionOfOneSeedIsAsApproved() throws IOException {
    assertThat(ResultTable.text(ComparisonFixture.of(new Wish(3, 10, 1, true, false))))
        .isEqualTo(approved("regression-table.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0031622776601683794, 0.00316",
    "0.1, 0.1",
    "1, 1",
    "0.00001, 1e-5",
    "0.00031622, 0.000316",
    "12345.6, 12300",
    "1e9, 1e9",
    "0, 0",
    "NaN, –"
  })
  void ratesHaveThreeDigitsAndNoMore(double value, String text) {
    assertThat(Figures.significant(value, 3)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01234567, 0.0123",
    "1.23456, 1.235",
    "123.456, 123.5",
    "0.00001, 1.00e-5",
    "2.5e12, 2.50e12",
    "0, 0.0000",
    "Infinity, –"
  })
  void lossesAreShort(double value, String text) {
    assertThat(Figures.loss(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-4 | 1e-4, 0.1, 10 | 0.0001 is the lowest rate that was tried; a better one may lie"
            + " below it",
        "10 | 1e-4, 0.1, 10   | 10 is the highest rate that was tried; a better one may lie"
            + " above it",
        "0.1 | 0.1            | 0.1 is the only rate that was tried; a better one may lie"
            + " beside it",
        "0.1 | 1e-4, 0.1, 10  |",
        "0.1 |                |",
      })
  void aRateAtAnEndOfTheGridIsSaid(double rate, @Nullable String grid, @Nullable String note) {
    Comparison usual = ComparisonFixture.of(new Wish(1, 3, 1, false, false));
    OptimizerResult old = usual.optimizers().getFirst();
    List<TuningPoint> tuning =
        grid == null
            ? List.of()
            : Stream.of(grid.split(","))
                .map(text -> new TuningPoint(Double.parseDouble(text), 1, false))
                .toList();
    OptimizerResult changed =
        new OptimizerResult(
            old.id(),
            old.optimizer(),
            old.regime(),
            old.spec(),
            old.canonical(),
            old.formula(),
            old.latex(),
            old.hyperparameters(),
            rate,
            tuning,
            old.stateBytesPerParameter(),
            old.memory(),
            old.runs());
    Comparison comparison =
        new Comparison(usual.data(), usual.settings(), usual.environment(), List.of(changed));
    String text = ResultTable.text(comparison);
    if (note == null) {
      assertThat(text).doesNotContain("\n\n");
    } else {
      assertThat(text).endsWith("\n\nsgd: " + note + "\n");
      assertThat(ReportText.tableNote(comparison)).endsWith(" sgd: " + note + ".");
    }
  }

  private static String approved(String name) throws IOException {
    try (InputStream in = ResultTableTest.class.getResourceAsStream(name)) {
      return new String(requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
