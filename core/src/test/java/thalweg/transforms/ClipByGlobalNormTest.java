package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.walk.Walk;

class ClipByGlobalNormTest {
  private static Transformation clip(double norm) {
    return Chain.of(new ClipByGlobalNorm(norm), new Descend(1));
  }

  @Test
  void aLongGradientIsScaledToTheNorm() {
    // |(3, 4)| = 5; times 1/5
    Walk.of(clip(1), 0, 0).step(3, 4).isAt(-0.6, -0.8);
  }

  @Test
  void aShortGradientIsLeftAlone() {
    Walk.of(clip(5.5), 0, 0).step(3, 4).isAt(-3, -4);
    Walk.of(clip(5), 0, 0).step(3, 4).isAt(-3, -4);
  }

  @Test
  void aZeroGradientStaysZero() {
    Walk.of(clip(1), 2, 3).step(0, 0).isAt(2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void theNormIsTakenOverAllTensorsOfTheGroup(String backend) {
    float[] first = {0};
    float[] second = {0, 0};
    float[] apart = {0};
    // |(2, 3, 6)| = 7; the parameter of the other group has its own norm, 100
    var parameters =
        Parameters.of(
            ArrayParameter.of("a", first, new float[] {2}),
            ArrayParameter.of("b", second, new float[] {3, 6}),
            ArrayParameter.of("c", apart, new float[] {100}));
    try (var optimizer =
        Optimizer.over(parameters)
            .group("apart", p -> p.name().equals("c"), clip(50))
            .otherwise(clip(3.5))
            .backend(backend)
            .build()) {
      optimizer.step();
    }
    assertThat(first).containsExactly(new float[] {-1}, within(1e-6f));
    assertThat(second).containsExactly(new float[] {-1.5f, -3}, within(1e-6f));
    assertThat(apart).containsExactly(new float[] {-50}, within(1e-5f));
  }

  @Test
  void theNormCanBeMovedBetweenSteps() {
    Walk.of(clip(1), 0, 0).step(3, 4).set("max_norm", 2.5).step(3, 4).isAt(-2.1, -2.8);
  }
}
