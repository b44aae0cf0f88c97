package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.optimizer.Optimizer;
import thalweg.walk.LeastSquares;
import thalweg.walk.Resumed;

/** Schmidt, Le Roux, Bach 2017, Algorithm 1: d ← d − yᵢ + f′ᵢ(x); yᵢ ← f′ᵢ(x); x ← x − α/n d. */
class SagTest {
  private static Optimizer optimizer(LeastSquares sum, String backend, double lr) {
    return Optimizer.over(sum.parameters())
        .otherwise(new Sag(lr, sum.size()))
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
      // term 0: d = −1; 0 + 0.1/2
      optimizer.step(sum, 0);
      assertThat(sum.at()[0]).isCloseTo(0.05, near);
      // term 1: 0.2 − 6 = −5.8; d = −6.8; 0.05 + 0.34
      optimizer.step(sum, 1);
      assertThat(sum.at()[0]).isCloseTo(0.39, near);
      // term 0: −0.61; d = −6.8 + 1 − 0.61 = −6.41; 0.39 + 0.3205
      optimizer.step(sum, 0);
      assertThat(sum.at()[0]).isCloseTo(0.7105, near);
      var tensors = optimizer.state().toDoubles();
      assertThat(tensors).containsOnlyKeys("default/sag/gradients/w", "default/sag/sum/w");
      assertThat(tensors.get("default/sag/gradients/w"))
          .containsExactly(new double[] {-0.61, -5.8}, near);
      assertThat(tensors.get("default/sag/sum/w")).containsExactly(new double[] {-6.41}, near);
    }
  }

  /** Theorem 1 of the paper is for α = 1/(16 L). */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void itConvergesLinearlyAtTheRateOfTheTheorem(String backend) {
    LeastSquares sum = LeastSquares.twenty(backend.equals("reference"));
    Random random = new Random(4);
    // float32 stands still where α/n d is less than half a unit in the last place of w
    double floor = backend.equals("reference") ? 1e-10 : 2e-4;
    double last = sum.error();
    try (var optimizer = optimizer(sum, backend, 1 / (16 * sum.lipschitz()))) {
      for (int k = 0; k < 3; k++) {
        for (int i = 0; i < 6000; i++) {
          optimizer.step(sum, random.nextInt(20));
        }
        assertThat(sum.error()).isLessThan(Math.max(last / 100, floor));
        last = sum.error();
      }
    }
    assertThat(sum.error()).isLessThan(floor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void goingOnFromAStateIsBitEqual(String backend) {
    Resumed.assertBitEqual(backend, new Sag(0.02, 20), 8);
  }
}
