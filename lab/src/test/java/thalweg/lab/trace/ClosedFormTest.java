package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import thalweg.execute.Backends;
import thalweg.lab.surface.Surface;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Regime;
import thalweg.text.Specs;

/** Walks against what mathematics says of them, and against a loop of their own. */
class ClosedFormTest {
  private static final double EXACT = 1e-12;
  private static final int STEPS = 120;
  private static final double[] LAMBDA = {1, 10};

  private static Walk onQuadratic(String optimizer) {
    Surface quadratic = Valleys.quadratic(LAMBDA);
    TraceRequest request =
        new TraceRequest(quadratic, List.of(optimizer), quadratic.start(), STEPS, 0, 1);
    return Tracer.trace(request, 1, TraceListener.NONE).walks().getFirst();
  }

  @Test
  void gradientDescentShrinksEachAxisByAFactorOfItsOwn() {
    Walk walk = onQuadratic("sgd(lr=0.13)");
    for (int k = 0; k <= STEPS; k++) {
      for (int c = 0; c < 2; c++) {
        assertThat(walk.x()[k][c]).isCloseTo(-Math.pow(1 - 0.13 * LAMBDA[c], k), within(EXACT));
      }
    }
  }

  /** x ← (1 + γ − ηλ) x − γ x₋ has complex roots √γ e^±iφ here. */
  @Test
  void heavyBallSwingsWithTheRootsOfItsRecurrence() {
    double lr = 0.02;
    double gamma = 0.8;
    Walk walk = onQuadratic("heavy_ball(lr=0.02, momentum=0.8)");
    for (int c = 0; c < 2; c++) {
      double first = 1 - lr * LAMBDA[c];
      assertSwings(walk, c, first, (1 + gamma - lr * LAMBDA[c]) / 2, Math.sqrt(gamma));
    }
  }

  /** x ← (1 − ηλ) (x + γ (x − x₋)) has complex roots √((1 − ηλ) γ) e^±iφ here. */
  @Test
  void nesterovSwingsWithTheRootsOfItsRecurrence() {
    double lr = 0.02;
    double gamma = 0.8;
    Walk walk = onQuadratic("nag(lr=0.02, momentum=0.8)");
    for (int c = 0; c < 2; c++) {
      double left = 1 - lr * LAMBDA[c];
      assertSwings(walk, c, left, left * (1 + gamma) / 2, Math.sqrt(left * gamma));
    }
  }

  /**
   * @param first x₁ / x₀
   * @param real the real part of the roots
   * @param size their absolute value
   */
  private static void assertSwings(Walk walk, int axis, double first, double real, double size) {
    assertThat(real).isLessThan(size);
    double angle = Math.acos(real / size);
    double cosine = walk.x()[0][axis];
    double sine = (first * cosine / size - cosine * Math.cos(angle)) / Math.sin(angle);
    for (int k = 0; k <= STEPS; k++) {
      double expected =
          Math.pow(size, k) * (cosine * Math.cos(k * angle) + sine * Math.sin(k * angle));
      assertThat(walk.x()[k][axis]).as("step %d", k).isCloseTo(expected, within(EXACT));
    }
  }

  /** The reference backend, driven by hand over the same terms. */
  @Test
  void everyWalkIsThatOfTheReferenceBackend() {
    Surface surface = Valleys.rosenbrock();
    List<String> all = Valleys.everyOptimizer(8);
    for (double deviation : new double[] {0, 0.3}) {
      TraceRequest request = new TraceRequest(surface, all, surface.start(), 40, deviation, 5);
      Trace trace = Tracer.trace(request, 2, TraceListener.NONE);
      double[][] noise = NoisySum.noise(8, 2, deviation, 5);
      for (int i = 0; i < all.size(); i++) {
        double[] x = {-1, -1};
        double[] gradient = new double[2];
        FiniteSum sum = sum(surface, x, gradient, noise);
        try (Optimizer optimizer =
            Optimizer.over(Parameters.of(List.of(ArrayParameter.of("x", x, gradient))))
                .otherwise(Specs.parseOptimizer(all.get(i)))
                .backend(Backends.REFERENCE)
                .notices(_ -> {})
                .build()) {
          Regime regime = Regime.oneTerm(5);
          Walk walk = trace.walks().get(i);
          for (int k = 1; k <= walk.steps(); k++) {
            regime.update(optimizer, sum);
            assertThat(walk.x()[k]).as(all.get(i)).containsExactly(x, within(EXACT));
          }
        }
      }
    }
  }

  private static FiniteSum sum(Surface f, double[] x, double[] gradient, double[][] noise) {
    return new FiniteSum() {
      @Override
      public int size() {
        return noise.length;
      }

      @Override
      public double gradient(int... terms) {
        double loss = f.gradient(x, gradient);
        for (int c = 0; c < x.length; c++) {
          for (int term : terms) {
            gradient[c] += noise[term][c] / terms.length;
          }
        }
        return loss;
      }
    };
  }

  @Test
  void termsHaveTheSurfaceForMeanAndTheDeviationAskedFor() {
    double[][] noise = NoisySum.noise(64, 3, 2.5, new Random(1).nextLong());
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : noise) {
        sum += row[c];
        squares += row[c] * row[c];
      }
      assertThat(sum).isCloseTo(0, within(1e-12));
      assertThat(Math.sqrt(squares / 64)).isCloseTo(2.5, within(1e-12));
    }
  }
}
