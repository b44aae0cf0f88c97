package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.walk.Walk;

/** torch.optim.RMSprop: v ← αv + (1 − α)g²; θ ← θ − η g/(√v + ε). */
class RmsPropTest {
  private static final RmsProp RULE = RmsProp.lr(0.1).alpha(0.75).eps(0.25);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(RmsProp.class))
        .isEqualTo(new RmsProp(1e-2, 0.99, 1e-8, 0, 0, false, false));
  }

  @Test
  void theGradientIsDividedByTheRootPlusEps() {
    // v = 0.25·4 = 1; 2/(1 + 0.25) = 1.6 → 0.84; v = 0.75 + 0.25·1 = 1; 1/1.25 = 0.8 → 0.76
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.84)
        .remembersOnly("rmsprop/square_avg")
        .step(1)
        .remembers("rmsprop/square_avg", 1)
        .isAt(0.76);
  }

  @Test
  void momentumSumsTheScaledGradients() {
    // b = 1.6 → 0.84; b = 0.5·1.6 + 0.8 = 1.6 → 0.68; g = 0: b = 0.8 → 0.6
    Walk.of(RULE.momentum(0.5), 1)
        .step(2)
        .isAt(0.84)
        .remembersOnly("rmsprop/square_avg", "rmsprop/momentum_buffer")
        .step(1)
        .isAt(0.68)
        .step(0)
        .remembers("rmsprop/momentum_buffer", 0.8)
        .isAt(0.6);
  }

  @Test
  void centeredTakesTheSquaredMeanOff() {
    // v = 1, mean = 0.5, variance = 0.75; then g = 0: v = 0.75, mean = 0.375, g·… = 0
    // then g = 2: v = 0.5625 + 1 = 1.5625, mean = 0.28125 + 0.5 = 0.78125
    double first = 2 / (Math.sqrt(0.75) + 0.25);
    double third = 2 / (Math.sqrt(1.5625 - 0.78125 * 0.78125) + 0.25);
    Walk.of(RULE.centered(true), 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .remembersOnly("rmsprop/square_avg", "rmsprop/grad_avg")
        .step(0)
        .remembers("rmsprop/grad_avg", 0.375)
        .isAt(1 - 0.1 * first)
        .step(2)
        .isAt(1 - 0.1 * first - 0.1 * third);
  }

  @Test
  void aVarianceThatRoundingLeavesBelowZeroCountsAsZero() {
    // a constant gradient: E[g²] and E[g]² meet, and rounding decides which is larger
    double[] gradient = {0.1, 0.3, 1 / 3.0, 0.7, 1.1, 2.3, 1e-3, 0.013};
    double[] values = new double[gradient.length];
    float[] singleGradient = new float[gradient.length];
    float[] singleValues = new float[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      singleGradient[i] = (float) gradient[i];
    }
    RmsProp rule = RmsProp.lr(0.01).alpha(0.95).centered(true);
    int below = 0;
    double[] squares = new double[gradient.length];
    double[] means = new double[gradient.length];
    int belowSingle = 0;
    float[] singleSquares = new float[gradient.length];
    float[] singleMeans = new float[gradient.length];
    try (var reference =
            Optimizer.over(Parameters.of(ArrayParameter.of("w", values, gradient)))
                .otherwise(rule)
                .backend("reference")
                .build();
        var block =
            Optimizer.over(Parameters.of(ArrayParameter.of("w", singleValues, singleGradient)))
                .otherwise(rule)
                .backend("block")
                .build()) {
      for (int t = 0; t < 1000; t++) {
        reference.step();
        block.step();
        for (int i = 0; i < gradient.length; i++) {
          double g = gradient[i];
          squares[i] = 0.95 * squares[i] + (1 - 0.95) * (g * g);
          means[i] = 0.95 * means[i] + (1 - 0.95) * g;
          below += squares[i] - means[i] * means[i] < 0 ? 1 : 0;
          float f = singleGradient[i];
          singleSquares[i] = 0.95f * singleSquares[i] + (float) (1 - 0.95) * (f * f);
          singleMeans[i] = 0.95f * singleMeans[i] + (float) (1 - 0.95) * f;
          belowSingle += singleSquares[i] - singleMeans[i] * singleMeans[i] < 0 ? 1 : 0;
        }
      }
    }
    assertThat(below).as("how often an unclamped double variance is negative").isPositive();
    assertThat(belowSingle).as("how often an unclamped float variance is negative").isPositive();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("reference").isFinite();
      assertThat(singleValues[i]).as("block").isFinite();
    }
  }

  @Test
  void weightDecayEntersTheSquares() {
    // g = 1 + 0.5·2 = 2
    Walk.of(RULE.weightDecay(0.5), 2).step(1).remembers("rmsprop/square_avg", 1).isAt(1.84);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1.16);
    // g = −1 + 1·3 = 2
    Walk.of(RULE.maximize(true).weightDecay(1), 3).step(1).isAt(2.84);
  }
}
