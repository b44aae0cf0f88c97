package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {
  /** Quantiles of the normal distribution, from tables. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.6, 0.2533471031357997",
    "0.841344746068543, 1.0",
    "0.975, 1.959963984540054",
    "0.0013498980316300933, -3.0",
    "1e-10, -6.361340902404056",
    "1e-15, -7.941345326170998",
    "2.866515718791939e-7, -5.0"
  })
  void theInverseOfTheNormalDistributionIsExact(double probability, double quantile) {
    assertThat(NormalQuantile.at(probability))
        .isCloseTo(quantile, within(2e-14 * (1 + Math.abs(quantile))));
    if (probability > 1e-6) { // nearer to 0, 1 − p has lost the digits that tell
      assertThat(NormalQuantile.at(1 - probability)).isCloseTo(-quantile, within(1e-12));
    }
  }
}
