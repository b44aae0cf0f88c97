package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.optimizer.Optimizer;
import thalweg.walk.LeastSquares;
import thalweg.walk.Resumed;

/**
 * Johnson and Zhang 2013, Figure 1, option I: at every m-th update w̃ = w and μ̃ = ∇P(w̃); w ← w −
 * η (∇ψᵢ(w) − ∇ψᵢ(w̃) + μ̃).
 */
class SvrgTest {
  private static Optimizer optimizer(LeastSquares sum, String backend, double lr, int inner) {
    return Optimizer.over(sum.parameters())
        .otherwise(new Svrg(lr, inner))
        .backend(backend)
        .threads(1)
        .build();
  }

  @Test
  void innerMustBeGivenAndPositive() {
    assertThatThrownBy(() -> new Svrg(0.1, 0)).hasMessage("Svrg.inner must be in [1, inf), got 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void firstStepsAreThePapers(String backend) {
    // gradients w − 1 and 4w − 6
    LeastSquares sum = LeastSquares.two(backend.equals("reference"));
    double error = backend.equals("reference") ? 1e-12 : 2e-6;
    try (var optimizer = optimizer(sum, backend, 0.1, 2)) {
      // w̃ = 0, μ̃ = (−1 − 6)/2 = −3.5; term 0: −1 + 1 − 3.5 = −3.5
      optimizer.step(sum, 0);
      assertThat(sum.at()[0]).isCloseTo(0.35, within(error));
      // term 1: (1.4 − 6) + 6 − 3.5 = −2.1
      optimizer.step(sum, 1);
      assertThat(sum.at()[0]).isCloseTo(0.56, within(error));
      // w̃ = 0.56, μ̃ = (−0.44 − 3.76)/2 = −2.1; term 1: μ̃ alone
      optimizer.step(sum, 1);
      assertThat(sum.at()[0]).isCloseTo(0.77, within(error));
      // term 0: −0.23 + 0.44 − 2.1 = −1.89; the loss is ½ 0.23²
      assertThat(optimizer.step(sum, 0)).isCloseTo(0.02645, within(error));
      assertThat(sum.at()[0]).isCloseTo(0.959, within(error));
      var tensors = optimizer.state().toDoubles();
      assertThat(tensors)
          .containsOnlyKeys(
              "default/svrg/snapshot/w", "default/svrg/mean_gradient/w", "default/svrg/counter");
      assertThat(tensors.get("default/svrg/snapshot/w"))
          .containsExactly(new double[] {0.56}, within(error));
      assertThat(tensors.get("default/svrg/mean_gradient/w"))
          .containsExactly(new double[] {-2.1}, within(error));
      assertThat(tensors.get("default/svrg/counter")).containsExactly(0);
    }
  }

  @Test
  void allTermsAreAskedEveryInnerUpdatesAndTheTermTwiceEachTime() {
    LeastSquares sum = LeastSquares.twenty(true);
    try (var optimizer = optimizer(sum, "reference", 0.01, 3)) {
      for (int k = 0; k < 7; k++) {
        sum.forget();
        double[] before = sum.at();
        optimizer.step(sum, k);
        if (k % 3 == 0) {
          List<Integer> all = IntStream.range(0, 20).boxed().toList();
          assertThat(sum.asked()).containsExactly(all, List.of(k), List.of(k));
        } else {
          assertThat(sum.asked()).containsExactly(List.of(k), List.of(k));
          assertThat(sum.points().getFirst()).isNotEqualTo(sum.points().getLast());
        }
        assertThat(sum.points().getLast()) // the term's own gradient comes last
            .containsExactly(before[0], before[1], before[2]);
      }
    }
  }

  @Test
  void withOneInnerUpdateItIsBatchGradientDescent() {
    LeastSquares sum = LeastSquares.twenty(true);
    LeastSquares batch = LeastSquares.twenty(true);
    int[] all = IntStream.range(0, 20).toArray();
    try (var svrg = optimizer(sum, "reference", 0.05, 1);
        var sgd =
            Optimizer.over(batch.parameters())
                .otherwise(Sgd.lr(0.05))
                .backend("reference")
                .build()) {
      for (int k = 0; k < 20; k++) {
        svrg.step(sum, k);
        sgd.step(batch, all);
      }
    }
    assertThat(sum.at()).containsExactly(batch.at(), within(1e-13));
  }

  @Test
  void severalTermsMayBeTakenTogether() {
    // μ̃ = −3.5 at 0; both terms: their mean gradient is the full one, so d is it at w
    LeastSquares sum = LeastSquares.two(true);
    try (var optimizer = optimizer(sum, "reference", 0.1, 5)) {
      optimizer.step(sum, 0); // 0.35
      optimizer.step(sum, 0, 1); // ((0.35 − 1) + (1.4 − 6))/2 = −2.625
      assertThat(sum.at()[0]).isCloseTo(0.6125, within(1e-12));
    }
  }

  @Test
  void itConvergesLinearlyAtAConstantRateWhereSgdDoesNot() {
    LeastSquares sum = LeastSquares.twenty(true);
    LeastSquares plain = LeastSquares.twenty(true);
    double lr = 0.1 / sum.lipschitz();
    Random random = new Random(1);
    try (var svrg = optimizer(sum, "reference", lr, 40);
        var sgd =
            Optimizer.over(plain.parameters()).otherwise(Sgd.lr(lr)).backend("reference").build()) {
      for (int k = 0; k < 12_000; k++) {
        int term = random.nextInt(20);
        svrg.step(sum, term);
        sgd.step(plain, term);
      }
    }
    assertThat(sum.error()).isLessThan(1e-10);
    assertThat(plain.error()).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void goingOnFromAStateIsBitEqualBetweenSnapshotsToo(String backend) {
    Resumed.assertBitEqual(backend, new Svrg(0.02, 3), 8);
  }
}
