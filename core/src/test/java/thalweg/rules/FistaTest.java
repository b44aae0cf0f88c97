package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.transforms.ProxL1;

/**
 * Beck and Teboulle 2009, FISTA with constant step size: x = p(y); t' = (1 + √(1 + 4t²)) / 2; y' =
 * x + (t − 1)/t' (x − x before).
 */
class FistaTest {
  /** ½ Σ hᵢ (xᵢ − bᵢ)² + λ Σ |xᵢ|, whose minimum is at soft(hᵢ bᵢ, λ) / hᵢ. */
  private static final class Lasso {
    final double[] h;
    final double[] b;
    final double l1;
    final double[] x;
    final double[] gradient;
    final List<Double> seen = new ArrayList<>();

    Lasso(double l1, double[] h, double[] b) {
      this.l1 = l1;
      this.h = h;
      this.b = b;
      x = new double[h.length];
      gradient = new double[h.length];
    }

    double closure() {
      seen.add(x[0]);
      for (int i = 0; i < x.length; i++) {
        gradient[i] = h[i] * (x[i] - b[i]);
      }
      return value(x);
    }

    double value(double[] at) {
      double sum = 0;
      for (int i = 0; i < at.length; i++) {
        sum += h[i] * (at[i] - b[i]) * (at[i] - b[i]) / 2 + l1 * Math.abs(at[i]);
      }
      return sum;
    }

    double[] best() {
      double[] best = new double[h.length];
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.signum(b[i]) * Math.max(Math.abs(h[i] * b[i]) - l1, 0) / h[i];
      }
      return best;
    }

    Optimizer optimizer(Transformation rule) {
      return Optimizer.over(Parameters.of(ArrayParameter.of("x", x, gradient)))
          .otherwise(rule)
          .backend("reference")
          .build();
    }
  }

  private static Lasso six() {
    return new Lasso(
        0.1, new double[] {1, 0.5, 0.1, 0.05, 0.01, 1}, new double[] {3, -2, 9, 1, 50, 0.1});
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-12));
  }

  @Test
  void withoutL1ItIsPlainAcceleration() {
    assertThat(Hyperparameters.standard(Fista.class)).isEqualTo(new Fista(1e-3, 0));
  }

  @Test
  void firstStepsAreThePapers() {
    // ½ (x − 3)² + |x| at rate ½: p(y) = soft(y − (y − 3)/2, ½) = y/2 + 1 for y > −2
    Lasso lasso = new Lasso(1, new double[] {1}, new double[] {3});
    try (var optimizer = lasso.optimizer(new Fista(0.5, 1))) {
      optimizer.step(lasso::closure);
      assertClose(lasso.x[0], 1); // y₁ = 0
      optimizer.step(lasso::closure);
      assertClose(lasso.x[0], 1.5); // y₂ = x₁, as t₁ − 1 = 0
      double t2 = (1 + Math.sqrt(5)) / 2;
      double t3 = (1 + Math.sqrt(1 + 4 * t2 * t2)) / 2;
      double y3 = 1.5 + (t2 - 1) / t3 * (1.5 - 1);
      assertThat(y3).isCloseTo(1.640876, within(1e-6));
      optimizer.step(lasso::closure);
      assertClose(lasso.seen.get(2), y3);
      assertClose(lasso.x[0], y3 / 2 + 1);
      double x3 = y3 / 2 + 1;
      double t4 = (1 + Math.sqrt(1 + 4 * t3 * t3)) / 2;
      double y4 = x3 + (t3 - 1) / t4 * (x3 - 1.5);
      optimizer.step(lasso::closure);
      assertClose(lasso.seen.get(3), y4);
      assertClose(lasso.x[0], y4 / 2 + 1);
    }
  }

  @Test
  void aStepOfOneOverLipschitzInOneDimensionIsTheSolution() {
    for (double b : new double[] {3, -3, 1.5, 0.4, -1, 0}) {
      Lasso lasso = new Lasso(1, new double[] {1}, new double[] {b});
      try (var optimizer = lasso.optimizer(new Fista(1, 1))) {
        optimizer.step(lasso::closure);
        assertThat(lasso.x[0]).isEqualTo(Math.signum(b) * Math.max(Math.abs(b) - 1, 0));
      }
    }
  }

  /** Theorem 4.4: F(xₖ) − F(x*) ≤ 2 L ‖x₀ − x*‖² / (k + 1)². */
  @Test
  void theValueKeepsToTheBoundOfTheorem44() {
    Lasso lasso = six();
    double[] best = lasso.best();
    double distance = 0;
    for (double one : best) {
      distance += one * one;
    }
    try (var optimizer = lasso.optimizer(new Fista(1, 0.1))) {
      for (int k = 1; k <= 300; k++) {
        optimizer.step(lasso::closure);
        assertThat(lasso.value(lasso.x) - lasso.value(best))
            .as("update %d", k)
            .isBetween(-1e-12, 2 * distance / ((k + 1.0) * (k + 1.0)));
      }
    }
  }

  @Test
  void itIsFarAheadOfIsta() {
    Lasso fast = six();
    Lasso slow = six();
    try (var fista = fast.optimizer(new Fista(1, 0.1));
        var ista = slow.optimizer(Chain.of(Sgd.lr(1), new ProxL1(0.1)))) {
      for (int k = 0; k < 100; k++) {
        fista.step(fast::closure);
        ista.step(slow::closure);
      }
    }
    double best = fast.value(fast.best());
    assertThat(fast.value(fast.x) - best).isLessThan((slow.value(slow.x) - best) / 20);
  }

  @Test
  void theParameterIsExactlySparseAfterEveryUpdate() {
    // |h b| is 1·0.1 = λ for the last and 0.05·1 < λ for the fourth: both are zero in the solution
    Lasso lasso = six();
    assertThat(lasso.best()[3]).isZero();
    assertThat(lasso.best()[5]).isZero();
    try (var optimizer = lasso.optimizer(new Fista(1, 0.1))) {
      for (int k = 0; k < 50; k++) {
        optimizer.step(lasso::closure);
        assertThat(lasso.x[3]).isZero();
        assertThat(lasso.x[5]).isZero();
        assertThat(lasso.x[0]).isNotZero();
      }
    }
  }
}
