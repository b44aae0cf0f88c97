package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTest {
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
    assertThat(Noise.normal(probability))
        .isCloseTo(quantile, within(2e-14 * (1 + Math.abs(quantile))));
    if (probability > 1e-6) { // nearer to 0, 1 − p has lost the digits that tell
      assertThat(Noise.normal(1 - probability)).isCloseTo(-quantile, within(1e-12));
    }
  }

  @Test
  void hasTheMomentsOfTheNormalDistribution() {
    int count = 400_000;
    long key = Noise.key(7, "add_noise", "weight", 3);
    double[] powers = new double[5];
    double neighbours = 0;
    for (int i = 0; i < count; i++) {
      double x = Noise.at(key, i);
      double power = 1;
      for (int p = 1; p < powers.length; p++) {
        power *= x;
        powers[p] += power / count;
      }
      neighbours += x * Noise.at(key, i + 1L) / count;
    }
    // four standard errors of each mean: sqrt(var / n) with var of x, x², x³, x⁴ = 1, 2, 15, 96
    double error = 4 / Math.sqrt(count);
    assertThat(powers[1]).isCloseTo(0, within(error));
    assertThat(powers[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(powers[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(powers[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(neighbours).isCloseTo(0, within(error));
  }

  @Test
  void everythingItDependsOnMakesAnotherStream() {
    long key = Noise.key(7, "add_noise", "weight", 3);
    assertThat(key)
        .isEqualTo(Noise.key(7, "add_noise", "weight", 3))
        .isNotEqualTo(Noise.key(8, "add_noise", "weight", 3))
        .isNotEqualTo(Noise.key(7, "add_noise2", "weight", 3))
        .isNotEqualTo(Noise.key(7, "add_noise", "bias", 3))
        .isNotEqualTo(Noise.key(7, "add_noise", "weight", 4));
  }
}
