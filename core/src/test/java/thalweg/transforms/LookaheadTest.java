package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class LookaheadTest {
  @Test
  void algorithmOneByHandForTwoSteps() {
    // φ₀ = 4, α = 1/4. fast 4 → 3 → 2; φ₁ = 4 + (2 − 4)/4 = 3.5
    // fast 3.5 → 1.5 → 7.5; φ₂ = 3.5 + (7.5 − 3.5)/4 = 4.5
    Walk.of(Chain.of(Sgd.lr(1), new Lookahead(2, 0.25)), 4)
        .step(1)
        .isAt(3)
        .remembers("lookahead/slow_buffer", 4)
        .remembersForTheGroup("lookahead/counter", 1)
        .step(1)
        .isAt(3.5)
        .remembers("lookahead/slow_buffer", 3.5)
        .remembersForTheGroup("lookahead/counter", 0)
        .step(2)
        .isAt(1.5)
        .remembers("lookahead/slow_buffer", 3.5)
        .step(-6)
        .isAt(4.5)
        .remembers("lookahead/slow_buffer", 4.5);
  }

  @Test
  void ofAlphaOneTheFastWeightsStayAndOfAlphaZeroTheSlow() {
    Walk.of(Chain.of(Sgd.lr(1), new Lookahead(2, 1)), 4).step(1).step(1).isAt(2).step(1).isAt(1);
    Walk.of(Chain.of(Sgd.lr(1), new Lookahead(2, 0)), 4).step(1).step(1).isAt(4).step(1).isAt(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void behindAdamItIsAdamPulledBackWithItsStateKept(String backend) {
    boolean exact = backend.equals("reference");
    float[] pulled = {1, -2, 0};
    float[] byHand = {1, -2, 0};
    float[] slow = byHand.clone();
    float[] gradient = new float[3];
    try (Optimizer optimizer = optimizer(pulled, gradient, backend, new Lookahead(3, 0.3));
        Optimizer adam = optimizer(byHand, gradient, backend, null)) {
      for (int step = 1; step <= 10; step++) {
        for (int i = 0; i < 3; i++) {
          gradient[i] = (float) Math.sin(7 * step + i);
        }
        optimizer.step();
        adam.step();
        for (int i = 0; i < 3 && step % 3 == 0; i++) {
          slow[i] = slow[i] + (byHand[i] - slow[i]) * 0.3f;
          byHand[i] = slow[i];
        }
        for (int i = 0; i < 3; i++) {
          // the reference keeps slow weights in double
          assertThat(pulled[i]).isCloseTo(byHand[i], within(exact ? 1e-6f : 0f));
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Float> within(float error) {
    return org.assertj.core.api.Assertions.within(error);
  }

  private static Optimizer optimizer(
      float[] value,
      float[] gradient,
      String backend,
      @org.jspecify.annotations.Nullable Lookahead behind) {
    Adam adam = Adam.lr(0.1);
    return Optimizer.over(Parameters.of(ArrayParameter.of("w", value, gradient)))
        .otherwise(behind == null ? adam : Chain.of(adam, behind))
        .backend(backend)
        .build();
  }

  @Test
  void aProjectionBehindItActsOnWhatItLeaves() {
    // fast 1 → −1, projected to 0; fast 0 → −2, φ = 1 + (−2 − 1)/2 = −0.5, projected to 0;
    // the slow weights are not projected: fast 0 → 1 → 2, φ = −0.5 + 2.5/2 = 0.75
    Walk.of(Chain.of(Sgd.lr(1), new Lookahead(2, 0.5), new ProjectNonnegative()), 1)
        .step(2)
        .isAt(0)
        .step(2)
        .isAt(0)
        .remembers("lookahead/slow_buffer", -0.5)
        .step(-1)
        .step(-1)
        .isAt(0.75);
  }

  @Test
  void aProjectionInFrontBelongsToTheFastSteps() {
    // fast 1 → −1 → 0; fast 0 → −2 → 0, φ = 1 + (0 − 1)/2
    Walk.of(Chain.of(Sgd.lr(1), new ProjectNonnegative(), new Lookahead(2, 0.5)), 1)
        .step(2)
        .step(2)
        .isAt(0.5);
  }

  @Test
  void aChangedKCountsFromTheLastPull() {
    Walk.of(Chain.of(Sgd.lr(1), new Lookahead(5, 0.5)), 4)
        .step(1)
        .step(1)
        .set("k", 2) // two are done: the next one is one too many, and pulls
        .step(1)
        .isAt(2.5)
        .step(1)
        .isAt(1.5)
        .step(1)
        .isAt(1.5);
  }

  @Test
  void behindAPauseItCountsRealUpdates() {
    // two gradients an update: θ 4 → 3 → 2, pulled to 3
    Walk.of(Chain.of(new Accumulate(2), Sgd.lr(1), new Lookahead(2, 0.5)), 4)
        .step(1)
        .step(1)
        .isAt(3)
        .remembers("lookahead/slow_buffer", 4)
        .step(1)
        .isAt(3)
        .step(1)
        .isAt(3)
        .remembers("lookahead/slow_buffer", 3);
  }

  @Test
  void itStandsBehindTheOptimizer() {
    assertThatThrownBy(() -> Formula.of(Chain.of(new Lookahead(2, 0.5), Sgd.lr(1))))
        .hasMessageContaining("put it after the optimizer");
    assertThatThrownBy(() -> new Lookahead(0, 0.5)).hasMessageContaining("k");
    assertThatThrownBy(() -> new Lookahead(1, 1.5)).hasMessageContaining("alpha");
  }
}
