package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.walk.Walk;

class ProjectSimplexTest {
  private static Chain simplex(double radius) {
    return Chain.of(new Descend(1), new ProjectSimplex(radius));
  }

  @Test
  void theLargestShareTheRadius() {
    // {1, 0.5} stay: τ = (1.5 − 1)/2 = 0.25
    Walk.of(simplex(1), 2, 0.5, -1).step(1, 0, 0).isAt(0.75, 0.25, 0);
    // {1, 0.5, 0.25, 0.125}: τ = (1.875 − 1.5)/4 = 0.09375, above 0.0625
    Walk.of(simplex(1.5), 1, 0.5, 0.25, 0.125, 0.0625)
        .step(0, 0, 0, 0, 0)
        .isAt(0.90625, 0.40625, 0.15625, 0.03125, 0);
  }

  @Test
  void equalOnesGetEqualSharesAndAHugeOneGetsAll() {
    Walk.of(simplex(1), 7, 7, 7, 7).step(0, 0, 0, 0).isAt(0.25, 0.25, 0.25, 0.25);
    Walk.of(simplex(3), 1e6, 0, -1e6).step(0, 0, 0).isAt(3, 0, 0);
    Walk.of(simplex(2), -5).step(1).isAt(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.5, 1, 3, 1000})
  void theThresholdIsExactWhateverTheTensorHolds(double radius) {
    Random random = new Random(3);
    int n = 5000;
    float[][] cases = new float[8][n];
    for (int i = 0; i < n; i++) {
      cases[0][i] = (float) Math.pow(2, -i);
      cases[1][i] = 1;
      cases[2][i] = i == 17 ? 1e6f : 0;
      cases[3][i] = (float) random.nextGaussian();
      cases[4][i] = random.nextFloat();
      cases[5][i] = 1e4f + (float) random.nextGaussian();
      cases[6][i] = i == 17 ? 0 : Math.nextUp((float) -radius);
      cases[7][i] = i == 17 ? 0 : (float) (-0.9 * radius);
    }
    for (float[] w : cases) {
      double[] expected = bySorting(w, radius);
      Optimizer.of(simplex(radius), Parameters.of(ArrayParameter.of("w", w, new float[n]))).step();
      double sum = 0;
      for (int i = 0; i < n; i++) {
        assertThat((double) w[i]).isCloseTo(expected[i], within(1e-7 * radius));
        sum += w[i];
      }
      assertThat(sum).isCloseTo(radius, within(5e-6 * radius));
    }
  }

  /** Duchi et al. 2008, Figure 1, in double. */
  private static double[] bySorting(float[] x, double radius) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float one : x) {
      largest = Math.max(largest, one);
    }
    double[] sorted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sorted[i] = x[i] - largest;
    }
    double[] shifted = sorted.clone();
    Arrays.sort(sorted);
    double sum = -radius;
    double tau = 0;
    for (int k = 1; k <= x.length; k++) {
      sum += sorted[x.length - k];
      if (sorted[x.length - k] > sum / k) {
        tau = sum / k;
      }
    }
    double threshold = tau;
    return Arrays.stream(shifted).map(y -> Math.max(y - threshold, 0)).toArray();
  }

  @Test
  void naNMakesItsTensorNaN() {
    Walk.of(simplex(1), 1, Double.NaN).step(0, 0).isAt(Double.NaN, Double.NaN);
  }

  @Test
  void takesNinePasses() {
    assertThat(Plan.of(Formula.of(simplex(1))).trips()).hasSize(9);
  }
}
