package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What is recorded as the lowest place is it, as far as searching can tell. */
class KnownMinimaTest {
  private static final List<String> SURFACES =
      List.of(
          "valley",
          "beale",
          "rosenbrock",
          "rosenbrock(dimension=5)",
          "himmelblau",
          "rastrigin",
          "rastrigin(dimension=5)",
          "rastrigin(amplitude=0.5)",
          "ackley",
          "ackley(dimension=5)",
          "styblinski_tang",
          "styblinski_tang(dimension=5)",
          "booth",
          "goldstein_price",
          "quadratic",
          "quadratic(condition=1e6, dimension=5, angle=30)");
  private static final int SAMPLES = 100_000;
  private static final int POLISHED = 100;
  private static final double ROUNDING = 1e-11;

  @ParameterizedTest
  @FieldSource("SURFACES")
  void theSlopeIsZeroThereAndTheValueIsTheRecordedOne(String text) {
    Surface surface = Surfaces.parse(text);
    assertThat(surface.minima()).isNotEmpty();
    for (Minimum minimum : surface.minima()) {
      double[] gradient = new double[surface.dimension()];
      double value = surface.gradient(Places.of(minimum.at()), gradient);
      assertThat(Math.abs(value - minimum.value())).isLessThanOrEqualTo(1e-13);
      for (double slope : gradient) {
        assertThat(Math.abs(slope)).isLessThanOrEqualTo(1e-12);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SURFACES")
  void nothingInTheBoxIsLower(String text) {
    Surface surface = Surfaces.parse(text);
    double lowest = surface.minima().getFirst().value() - ROUNDING;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(surface.value(Places.in(surface.box(), random)) >= lowest).isTrue();
    }
    for (int i = 0; i < POLISHED; i++) {
      assertThat(polished(surface, Places.in(surface.box(), random))).isGreaterThan(lowest);
    }
  }

  /** Local minima that the papers give, a hill, and values that can be had by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rosenbrock              | -1.2     | 1         | 24.2",
        "saddle                  | 1        | 2         | -3",
        "valley                  | 10       | 1         | 6",
        "beale                   | 0        | 0         | 14.203125",
        "himmelblau              | -0.270845| -0.923039 | 181.616522",
        "rastrigin               | 1        | 0.5       | 21.25",
        "rastrigin(amplitude=0.5)| 1        | 0.5       | 2.25",
        "ackley                  | 1        | 1         | 3.6253849384403627",
        "styblinski_tang         | 1        | 2         | -24",
        "booth                   | 0        | 0         | 74",
        "goldstein_price         | 0        | 0         | 600",
        "goldstein_price         | 1.2      | 0.8       | 840",
        "goldstein_price         | 1.8      | 0.2       | 84",
        "goldstein_price         | -0.6     | -0.4      | 30",
        "quadratic               | 1        | 2         | 20.5",
      })
  void elsewhereTheValuesAreThoseOfTheLiterature(String text, double x, double y, double value) {
    assertThat(Surfaces.parse(text).value(new double[] {x, y})).isCloseTo(value, within(1e-6));
  }

  @Test
  void theFourOfHimmelblauAreAllThereAre() {
    Surface surface = Surfaces.parse("himmelblau");
    SplittableRandom random = new SplittableRandom(2);
    int[] reached = new int[surface.minima().size()];
    for (int i = 0; i < POLISHED; i++) {
      double[] x = Places.in(surface.box(), random);
      polished(surface, x);
      for (int m = 0; m < reached.length; m++) {
        double[] at = Places.of(surface.minima().get(m).at());
        reached[m] += Math.hypot(x[0] - at[0], x[1] - at[1]) < 1e-3 ? 1 : 0;
      }
    }
    assertThat(reached).doesNotContain(0);
    assertThat(Arrays.stream(reached).sum()).isEqualTo(POLISHED);
  }

  @Test
  void whereNoneIsKnownNoneIsRecorded() {
    assertThat(Surfaces.parse("saddle").minima()).isEmpty();
    assertThat(Surfaces.parse("random").minima()).isEmpty();
    assertThat(Expression.parse("x^2 + y^2").minima()).isEmpty();
  }

  /** Gradient descent that halves its rate until it goes down; changes the place. */
  private static double polished(Surface surface, double[] x) {
    double[] gradient = new double[x.length];
    double[] next = new double[x.length];
    double value = surface.gradient(x, gradient);
    double rate = 1;
    for (int step = 0; step < 500 && rate > 1e-14; step++) {
      for (int i = 0; i < x.length; i++) {
        next[i] = x[i] - rate * gradient[i];
      }
      if (surface.value(next) < value) {
        System.arraycopy(next, 0, x, 0, x.length);
        value = surface.gradient(x, gradient);
        rate *= 2;
      } else {
        rate /= 2;
      }
    }
    return value;
  }
}
