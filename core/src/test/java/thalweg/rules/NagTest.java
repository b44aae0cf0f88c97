package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.transforms.ClipByValue;

/**
 * Sutskever, Martens, Dahl, Hinton 2013, equations 3 and 4, with u = −v: u ← μ u + η ∇f(θ − μ u); θ
 * ← θ − u.
 */
class NagTest {
  private static final Nag RULE = Nag.lr(0.1).momentum(0.5);

  private final double[] theta = {1};
  private final double[] gradient = {0};
  private final List<Double> seen = new ArrayList<>();

  private Optimizer optimizer(Transformation rule) {
    return Optimizer.over(Parameters.of(ArrayParameter.of("w", theta, gradient)))
        .otherwise(rule)
        .backend("reference")
        .build();
  }

  /** Of ½ h θ². */
  private DoubleSupplier quadratic(double h) {
    return () -> {
      seen.add(theta[0]);
      gradient[0] = h * theta[0];
      return h * theta[0] * theta[0] / 2;
    };
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-12));
  }

  @Test
  void defaultsAreThoseOfTheMomentumOptimizers() {
    assertThat(Hyperparameters.standard(Nag.class)).isEqualTo(new Nag(1e-3, 0.9));
  }

  @Test
  void theGradientIsTakenWhereTheVelocityLeads() {
    try (var optimizer = optimizer(RULE)) {
      // at 1: u = 0.1·1 = 0.1, θ = 0.9
      assertThat(optimizer.step(quadratic(1))).isEqualTo(0.5);
      assertClose(theta[0], 0.9);
      // at 0.9 − 0.05 = 0.85: u = 0.05 + 0.085 = 0.135, θ = 0.765; the loss is that of 0.85
      assertClose(optimizer.step(quadratic(1)), 0.36125);
      assertClose(theta[0], 0.765);
      // at 0.765 − 0.0675 = 0.6975: u = 0.0675 + 0.06975 = 0.13725, θ = 0.62775
      optimizer.step(quadratic(1));
      assertClose(theta[0], 0.62775);
      assertClose(seen.get(0), 1);
      assertClose(seen.get(1), 0.85);
      assertClose(seen.get(2), 0.6975);
      assertThat(seen).hasSize(3);
    }
  }

  /** On ½ h θ² with c = 1 − η h: θₖ₊₁ = c (θₖ + μ (θₖ − θₖ₋₁)), so r² − c (1 + μ) r + c μ = 0. */
  @Test
  void onAQuadraticItFollowsItsClosedFormWhereTheRootsAreComplex() {
    // η h = 0.1, μ = 0.9: c μ = 0.81 = 0.9², cos φ = 0.9·1.9 / (2·0.9) = 0.95
    double phi = Math.acos(0.95);
    double b = (1 - 0.95) / Math.sin(phi); // θ₀ = 1, θ₁ = c = 0.9
    try (var optimizer = optimizer(Nag.lr(0.1).momentum(0.9))) {
      for (int k = 1; k <= 50; k++) {
        optimizer.step(quadratic(1));
        assertClose(theta[0], Math.pow(0.9, k) * (Math.cos(k * phi) + b * Math.sin(k * phi)));
      }
    }
  }

  @Test
  void onAQuadraticItFollowsItsClosedFormWhereTheRootsAreReal() {
    // η h = 0.05·2, μ = 0.1: c = 0.9, r² − 0.99 r + 0.09 = 0
    double root = Math.sqrt(0.99 * 0.99 - 0.36);
    double r1 = (0.99 + root) / 2;
    double r2 = (0.99 - root) / 2;
    double a = (0.9 - r2) / (r1 - r2);
    try (var optimizer = optimizer(Nag.lr(0.05).momentum(0.1))) {
      for (int k = 1; k <= 50; k++) {
        optimizer.step(quadratic(2));
        assertClose(theta[0], a * Math.pow(r1, k) + (1 - a) * Math.pow(r2, k));
      }
    }
  }

  @Test
  void sgdsNesterovWalksItsLookAheadPoints() {
    double[] other = {1};
    double[] otherGradient = {0};
    try (var nag = optimizer(Nag.lr(0.1).momentum(0.9));
        var sgd =
            Optimizer.over(Parameters.of(ArrayParameter.of("w", other, otherGradient)))
                .otherwise(Sgd.lr(0.1).momentum(0.9).nesterov(true))
                .backend("reference")
                .build()) {
      for (int k = 0; k < 20; k++) {
        nag.step(quadratic(1));
        assertClose(other[0], seen.get(k));
        otherGradient[0] = other[0];
        sgd.step();
      }
    }
  }

  @Test
  void withoutMomentumItIsGradientDescent() {
    try (var optimizer = optimizer(RULE.momentum(0))) {
      optimizer.step(quadratic(1));
      optimizer.step(quadratic(1));
      assertClose(theta[0], 0.81);
      assertClose(seen.get(1), 0.9);
    }
  }

  @Test
  void whatStandsInFrontSeesTheGradientOfTheLookAheadPoint() {
    try (var optimizer = optimizer(Chain.of(new ClipByValue(0.5), RULE))) {
      // at 1: clipped to 0.5, u = 0.05, θ = 0.95; at 0.95 − 0.025: u = 0.025 + 0.05, θ = 0.875
      optimizer.step(quadratic(1));
      optimizer.step(quadratic(1));
      assertClose(seen.get(1), 0.925);
      assertClose(theta[0], 0.875);
    }
  }

  @Test
  void aNewRateActsOnTheNextGradientOnly() {
    try (var optimizer = optimizer(RULE)) {
      optimizer.step(quadratic(1));
      optimizer.group("default").set("lr", 0.2);
      // at 0.85: u = 0.05 + 0.2·0.85 = 0.22, θ = 0.68
      optimizer.step(quadratic(1));
      assertClose(seen.get(1), 0.85);
      assertClose(theta[0], 0.68);
    }
  }

  @Test
  void aNewMomentumMovesTheLookAheadPoint() {
    try (var optimizer = optimizer(RULE)) {
      optimizer.step(quadratic(1));
      optimizer.group("default").set("momentum", 1);
      // at 0.9 − 0.1 = 0.8: u = 0.1 + 0.08 = 0.18, θ = 0.72
      optimizer.step(quadratic(1));
      assertClose(seen.get(1), 0.8);
      assertClose(theta[0], 0.72);
    }
  }
}
