package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;

class AddNoiseTest {
  private static final int LENGTH = 200_000;

  private static float[] moved(Transformation noise, String backend, int threads, int steps) {
    float[] value = new float[LENGTH];
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(ArrayParameter.of("w", value, new float[LENGTH])))
            .otherwise(Chain.of(noise, new Descend(1)))
            .backend(backend)
            .threads(threads)
            .build()) {
      for (int i = 0; i < steps; i++) {
        optimizer.step();
      }
    }
    return value;
  }

  private static double variance(float[] values) {
    double sum = 0;
    for (float x : values) {
      sum += x * x;
    }
    return sum / values.length;
  }

  @Test
  void theFirstUpdateHasVarianceEta() {
    // a mean of n squares has a relative standard error of sqrt(2 / n) = 0.3 %
    assertThat(variance(moved(new AddNoise(0.3, 0.55, 1), "block", 1, 1)))
        .isCloseTo(0.3, within(4 * 0.0032 * 0.3));
  }

  @Test
  void theVarianceFallsWithTheUpdates() {
    // independent noise adds up: 0.3 (1 + 2^-0.5 + 3^-0.5)
    double expected = 0.3 * (1 + Math.pow(2, -0.5) + Math.pow(3, -0.5));
    assertThat(variance(moved(new AddNoise(0.3, 0.5, 1), "block", 1, 3)))
        .isCloseTo(expected, within(4 * 0.0032 * expected));
  }

  @Test
  void theSameSeedDrawsTheSameWhateverTheThreads() {
    AddNoise noise = new AddNoise(0.3, 0.5, 1);
    assertThat(moved(noise, "block", 3, 2)).isEqualTo(moved(noise, "block", 1, 2));
    assertThat(moved(new AddNoise(0.3, 0.5, 2), "block", 1, 2))
        .isNotEqualTo(moved(noise, "block", 1, 2));
  }

  @Test
  void twoSourcesInOneChainAreIndependent() {
    Chain two = Chain.of(new AddNoise(0.3, 0, 1), new AddNoise(0.3, 0, 1));
    assertThat(variance(moved(two, "block", 1, 1))).isCloseTo(0.6, within(4 * 0.0032 * 0.6));
  }
}
