package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.walk.LeastSquares;
import thalweg.walk.Resumed;

/**
 * Defazio, Bach, Lacoste-Julien 2014, equation 1: x ← x − γ (f′ⱼ(x) − f′ⱼ(φⱼ) + 1/n Σ f′ᵢ(φᵢ)), the
 * mean being that before f′ⱼ is renewed.
 */
class SagaTest {
  private static Optimizer optimizer(LeastSquares sum, String backend, double lr) {
    return Optimizer.over(sum.parameters())
        .otherwise(new Saga(lr, sum.size()))
        .backend(backend)
        .threads(1)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void firstStepsAreThePapers(String backend) {
    // gradients w − 1 and 4w − 6
    LeastSquares sum = LeastSquares.two(backend.equals("reference"));
    var near = within(backend.equals("reference") ? 1e-12 : 4e-6);
    try (var optimizer = optimizer(sum, backend, 0.1)) {
      // term 0: −1 − 0 + 0; mean −1/2
      optimizer.step(sum, 0);
      assertThat(sum.at()[0]).isCloseTo(0.1, near);
      // term 1: 0.4 − 6 = −5.6; −5.6 − 0 − 0.5 = −6.1; mean (−1 − 5.6)/2 = −3.3
      optimizer.step(sum, 1);
      assertThat(sum.at()[0]).isCloseTo(0.71, near);
      // term 0: −0.29 + 1 − 3.3 = −2.59; mean (−0.29 − 5.6)/2 = −2.945
      optimizer.step(sum, 0);
      assertThat(sum.at()[0]).isCloseTo(0.969, near);
      var tensors = optimizer.state().toDoubles();
      assertThat(tensors)
          .containsOnlyKeys("default/saga/gradients/w", "default/saga/mean_gradient/w");
      assertThat(tensors.get("default/saga/gradients/w"))
          .containsExactly(new double[] {-0.29, -5.6}, near);
      assertThat(tensors.get("default/saga/mean_gradient/w"))
          .containsExactly(new double[] {-2.945}, near);
    }
  }

  @Test
  void itRemembersOneGradientForEachTermTermAfterTerm() {
    LeastSquares sum = LeastSquares.twenty(true);
    try (var optimizer = optimizer(sum, "reference", 0.01)) {
      optimizer.step(sum, 19);
      double[] table = table(optimizer);
      assertThat(table).hasSize(20 * 3);
      for (int i = 0; i < 57; i++) {
        assertThat(table[i]).isZero();
      }
      double[] given =
          Objects.requireNonNull(sum.parameters().list().getFirst().gradient()).toDoubles();
      assertThat(table).endsWith(given);
      assertThat(optimizer.stateBytes()).isEqualTo((20 * 3 + 3) * 8);
    }
  }

  private static double[] table(Optimizer optimizer) {
    return optimizer.state().tensor("default/saga/gradients/w").toDoubles();
  }

  @Test
  void theMeanStaysThatOfTheTable() {
    LeastSquares sum = LeastSquares.twenty(true);
    Random random = new Random(2);
    try (var optimizer = optimizer(sum, "reference", 0.02)) {
      for (int k = 0; k < 100; k++) {
        optimizer.step(sum, random.nextInt(20));
      }
      double[] mean = optimizer.state().tensor("default/saga/mean_gradient/w").toDoubles();
      for (int i = 0; i < 3; i++) {
        double total = 0;
        for (int term = 0; term < 20; term++) {
          total += table(optimizer)[term * 3 + i];
        }
        assertThat(mean[i]).isCloseTo(total / 20, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void itConvergesLinearlyAtAThirdOfOneOverL(String backend) {
    LeastSquares sum = LeastSquares.twenty(backend.equals("reference"));
    Random random = new Random(3);
    try (var optimizer = optimizer(sum, backend, 1 / (3 * sum.lipschitz()))) {
      for (int k = 0; k < 4000; k++) {
        optimizer.step(sum, random.nextInt(20));
      }
    }
    assertThat(sum.error()).isLessThan(backend.equals("reference") ? 1e-10 : 2e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void goingOnFromAStateIsBitEqual(String backend) {
    Resumed.assertBitEqual(backend, new Saga(0.02, 20), 8);
  }

  @Test
  void theNumberOfTermsIsFixedOnceGradientsAreRemembered() {
    LeastSquares sum = LeastSquares.two(true);
    try (var optimizer =
        Optimizer.over(sum.parameters()).otherwise(new Saga(0.1, 5)).backend("reference").build()) {
      optimizer.group("default").set("terms", 2);
      optimizer.step(sum, 1);
      OptimizerState before = optimizer.state();
      assertThatThrownBy(() -> optimizer.group("default").set("terms", 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "terms is set before the first update only; gradients of 2 terms are remembered by"
                  + " now, make a new optimizer for 3");
      assertThat(optimizer.state()).isEqualTo(before);
      optimizer.step(sum, 0);
    }
  }
}
