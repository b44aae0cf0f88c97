package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class SkipNonfiniteTest {
  private static final Chain ADAM = Chain.of(new SkipNonfinite(), Adam.lr(0.1).weightDecay(0.1));

  @ParameterizedTest
  @CsvSource({
    "reference, NaN",
    "reference, Infinity",
    "reference, -Infinity",
    "block, NaN",
    "block, Infinity",
    "block, -Infinity"
  })
  void oneBadElementOfOneTensorStopsAllToTheLastBit(String backend, float bad) {
    float[] a = {1, 1e-40f, 3};
    float[] b = {0.1f, -0.0f};
    float[] gradientOfA = {1, 2, 3};
    float[] gradientOfB = {4, 5};
    try (Optimizer optimizer =
        Optimizer.over(
                Parameters.of(
                    ArrayParameter.of("a", a, gradientOfA), ArrayParameter.of("b", b, gradientOfB)))
            .otherwise(ADAM)
            .backend(backend)
            .build()) {
      optimizer.step();
      float[] beforeA = a.clone();
      float[] beforeB = b.clone();
      Map<String, double[]> before = optimizer.state().toDoubles();
      gradientOfB[1] = bad;
      optimizer.step();
      optimizer.step();
      assertThat(a).containsExactly(beforeA);
      assertThat(b).containsExactly(beforeB);
      optimizer
          .state()
          .toDoubles()
          .forEach((key, values) -> assertThat(values).as(key).containsExactly(before.get(key)));
      // and goes on as if they had not been
      gradientOfB[1] = 5;
      optimizer.step();
      float[] withoutA = {1, 1e-40f, 3};
      float[] withoutB = {0.1f, -0.0f};
      try (Optimizer undisturbed =
          Optimizer.over(
                  Parameters.of(
                      ArrayParameter.of("a", withoutA, gradientOfA),
                      ArrayParameter.of("b", withoutB, gradientOfB)))
              .otherwise(Adam.lr(0.1).weightDecay(0.1))
              .backend(backend)
              .build()) {
        undisturbed.step();
        undisturbed.step();
      }
      assertThat(a).containsExactly(withoutA);
      assertThat(b).containsExactly(withoutB);
    }
  }

  @Test
  void aBadFirstStepIsNotTheFirst() {
    // adam's first update is lr · sign
    Walk.of(Chain.of(new SkipNonfinite(), Adam.lr(0.1).eps(0)), 1)
        .step(Double.NaN)
        .isAt(1)
        .remembers("adam/exp_avg", 0)
        .remembers("skip_nonfinite/updates", 0)
        .step(7)
        .isAt(0.9)
        .remembers("skip_nonfinite/updates", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void largeValuesWhoseSumOverflowsPass(String backend) {
    float most = Float.MAX_VALUE;
    float[] value = {0, 0, 0};
    float[] gradient = {most, most, -most};
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(ArrayParameter.of("w", value, gradient)))
            .otherwise(Chain.of(new SkipNonfinite(), Sgd.lr(1)))
            .backend(backend)
            .build()) {
      optimizer.step();
    }
    assertThat(value).containsExactly(-most, -most, most);
  }

  @Test
  void whatStandsInFrontIsAskedAndGoesOn() {
    // the mean in front takes the NaN in and keeps it
    Walk.of(Chain.of(new Ema(0.5), new SkipNonfinite(), Sgd.lr(1)), 1)
        .step(Double.NaN)
        .isAt(1)
        .step(1)
        .isAt(1);
    // clipping in front takes the infinity away
    Walk.of(Chain.of(new ClipByValue(1), new SkipNonfinite(), Sgd.lr(1)), 1)
        .step(Double.POSITIVE_INFINITY)
        .isAt(0);
  }

  @Test
  void aProjectionBehindRestsToo() {
    Walk.of(Chain.of(new SkipNonfinite(), Sgd.lr(1), new ProjectNonnegative()), -1)
        .step(Double.NaN)
        .isAt(-1)
        .step(1)
        .isAt(0);
  }

  @Test
  void theWeightDecayRestsToo() {
    Walk.of(Chain.of(new SkipNonfinite(), Sgd.lr(1).weightDecay(0.5)), 2)
        .step(Double.NEGATIVE_INFINITY)
        .isAt(2);
  }
}
