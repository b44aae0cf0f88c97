package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;

class SwitchTest {
  private static final double[] GRADIENTS = {1, 2, 1, 1, 1, 1};

  /** What is seen of some updates with gradients of one number. */
  private static Trace.Switched seen(String spec, int updates) {
    Switch watch = Switch.of(spec).orElseThrow();
    double[] gradient = {0};
    try (var optimizer =
        Optimizer.over(Parameters.of(ArrayParameter.of("w", new double[] {1}, gradient)))
            .otherwise(Specs.parseOptimizer(spec))
            .backend("reference")
            .build()) {
      for (int k = 0; k < updates; k++) {
        gradient[0] = GRADIENTS[k];
        optimizer.step();
        watch.look(optimizer);
      }
    }
    return watch.result();
  }

  /** The rate along a gradient of 1, and then of 2, with betas of 0.5: |p|/|g|. */
  private static double gamma(int k) {
    double eps = 1e-3;
    double m = k == 1 ? 0.5 : 0.25 + 1;
    double v = k == 1 ? 0.5 : 0.25 + 2;
    double correction = 1 - Math.pow(0.5, k);
    return 0.1 * Math.sqrt(correction) / correction * m / (Math.sqrt(v) + eps) / GRADIENTS[k - 1];
  }

  @Test
  void theNearestIsThatOfAlgorithmOneFromTheSecondUpdateOn() {
    String spec = "swats(lr=0.1, betas=[0.5, 0.5], eps=1e-3)";
    assertThat(seen(spec, 1)).isEqualTo(Trace.Switched.NEVER);
    double mean = (0.25 * gamma(1) + 0.5 * gamma(2)) / 0.75;
    Trace.Switched second = seen(spec, 2);
    assertThat(second.over()).isFalse();
    assertThat(second.nearest()).isCloseTo(Math.abs(mean - gamma(2)), within(1e-15));
  }

  @Test
  void theOneThatMakesItGoOverIsBelowItsTolerance() {
    String spec = "swats(lr=0.1, betas=[0.5, 0.5], eps=0.05)";
    Trace.Switched end = seen(spec, GRADIENTS.length);
    assertThat(end.over()).isTrue();
    assertThat(end.nearest()).isLessThan(0.05);
    String tight = "swats(lr=0.1, betas=[0.5, 0.5])";
    assertThat(seen(tight, GRADIENTS.length).over()).isFalse();
    assertThat(seen(tight, GRADIENTS.length).nearest()).isGreaterThan(1e-9);
  }

  @Test
  void otherOptimizersAreNotWatched() {
    assertThat(Switch.of("adam")).isEmpty();
    assertThat(Switch.of("clip_by_value(1) | sgd")).isEmpty();
  }
}
