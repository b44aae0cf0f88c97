package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

class TargetsTest {
  private static Walk walk(double[] loss, double[] norm) {
    double[] rest = new double[loss.length];
    double[][] x = new double[loss.length][2];
    return new Walk("a", "a", "a", x, loss, norm, rest, new double[0], null);
  }

  @Test
  void theFirstStepThatIsCloseEnoughCountsWhateverComesAfter() {
    double[] loss = {5, 3.005, 3.1, 3.00005, 4, 3.000_000_5};
    Surface lowest3 = Surfaces.parse("goldstein_price");
    assertThat(Targets.of(lowest3, walk(loss, loss)).steps())
        .containsExactly(OptionalInt.of(1), OptionalInt.of(3), OptionalInt.of(5));
    assertThat(Targets.measured(lowest3)).isEqualTo("the loss above the minimum");
  }

  @Test
  void whereNoMinimumIsKnownTheGradientCounts() {
    double[] loss = {0, -1, -2};
    Surface saddle = Surfaces.parse("saddle");
    assertThat(Targets.of(saddle, walk(loss, new double[] {1, 1e-3, 5})).steps())
        .containsExactly(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty());
    assertThat(Targets.measured(saddle)).isEqualTo("the norm of the gradient");
    assertThat(Targets.distance(saddle, 1, 1)).isEmpty();
  }

  @Test
  void theNearestOfSeveralMinimaCounts() {
    Surface himmelblau = Surfaces.parse("himmelblau");
    assertThat(himmelblau.minima()).hasSize(4);
    assertThat(Targets.distance(himmelblau, 6, 6)).hasValue(5); // from (3, 2)
    assertThat(Targets.WITHIN).isEqualTo(List.of(1e-2, 1e-4, 1e-6));
  }
}
