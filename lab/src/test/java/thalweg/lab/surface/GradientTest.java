package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTest {
  private static final List<Surface> ALL = Surfaces.all();
  private static final int PLACES = 200;

  @ParameterizedTest
  @FieldSource("ALL")
  void gradientsAreTheSlopesOfTheValues(Surface surface) {
    slopesAgree(surface);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rosenbrock(dimension=6)",
        "rastrigin(dimension=6)",
        "ackley(dimension=6)",
        "styblinski_tang(dimension=6)",
        "quadratic(dimension=5, condition=50, angle=20)",
        "random(dimension=6, seed=3)",
        "expression(sin(x) + cos(x*y) + tan(x/2) + asin(y/3) + acos(x/3) + atan(x - y))",
        "expression(sinh(x) + cosh(y) + tanh(x*y) + exp(x/y + 3) + sigmoid(3*x))",
        "expression(log(x + 3) - sqrt(y + 3)*abs(x - 0.123), box=[0.2, 2])",
        "expression(x^-2 + y^0.5 + x^y + pow(y, x) + 2^x - x^7/100, box=[0.5, 2])",
        "expression(min(x, y^2) + max(x*y, 1 - x))",
      })
  void inMoreDimensionsAndOfEveryFunctionAsWell(String text) {
    slopesAgree(Surfaces.parse(text));
  }

  private static void slopesAgree(Surface surface) {
    SplittableRandom random = new SplittableRandom(3);
    for (int place = 0; place < PLACES; place++) {
      double[] x = Places.in(surface.box(), random);
      double[] gradient = new double[x.length];
      double value = surface.gradient(x, gradient);
      assertThat(surface.value(x)).isEqualTo(value);
      for (int i = 0; i < x.length; i++) {
        double at = x[i];
        double h = 1e-5;
        x[i] = at + h;
        double above = surface.value(x);
        x[i] = at - h;
        double below = surface.value(x);
        x[i] = at;
        double slope = (above - below) / (2 * h);
        double scale = 1 + Math.abs(slope) + 1e-3 * Math.abs(value);
        assertThat(gradient[i])
            .as("%s, coordinate %d of %s", surface.text(), i + 1, Arrays.toString(x))
            .isCloseTo(slope, within(1e-6 * scale));
      }
    }
  }

  @Test
  void rosenbrocksIsTheOneDerivedByHand() {
    SplittableRandom random = new SplittableRandom(4);
    Surface surface = Surfaces.parse("rosenbrock(dimension=4)");
    for (int place = 0; place < PLACES; place++) {
      double[] x = Places.in(surface.box(), random);
      double value = 0;
      double[] slopes = new double[4];
      for (int i = 0; i < 3; i++) {
        double bend = x[i + 1] - x[i] * x[i];
        value += (1 - x[i]) * (1 - x[i]) + 100 * bend * bend;
        slopes[i] += -2 * (1 - x[i]) - 400 * x[i] * bend;
        slopes[i + 1] += 200 * bend;
      }
      agrees(surface, x, value, slopes);
    }
  }

  @Test
  void boothsIsTheOneDerivedByHand() {
    SplittableRandom random = new SplittableRandom(5);
    Surface surface = Surfaces.parse("booth");
    for (int place = 0; place < PLACES; place++) {
      double[] x = Places.in(surface.box(), random);
      double first = x[0] + 2 * x[1] - 7;
      double second = 2 * x[0] + x[1] - 5;
      agrees(
          surface,
          x,
          first * first + second * second,
          2 * first + 4 * second,
          4 * first + 2 * second);
    }
  }

  /** Its matrix is R' diag(1, 10, 100) R, where R turns the first and the last axis by 30°. */
  @Test
  void aTurnedQuadraticHasTheCurvaturesThatItsConditionSays() {
    SplittableRandom random = new SplittableRandom(6);
    Surface surface = Surfaces.parse("quadratic(condition=100, dimension=3, angle=30)");
    double cos = Math.sqrt(3) / 2;
    double sin = 0.5;
    for (int place = 0; place < PLACES; place++) {
      double[] x = Places.in(surface.box(), random);
      double first = cos * x[0] + sin * x[2];
      double last = cos * x[2] - sin * x[0];
      agrees(
          surface,
          x,
          (first * first + 10 * x[1] * x[1] + 100 * last * last) / 2,
          cos * first - sin * 100 * last,
          10 * x[1],
          sin * first + cos * 100 * last);
    }
  }

  /** The same function in the words of two and of more dimensions. */
  @Test
  void turnsOfTheQuadraticAgreeInEveryDimension() {
    double[] gradient = new double[2];
    assertThat(Surfaces.parse("quadratic(condition=9)").gradient(new double[] {1, 2}, gradient))
        .isEqualTo(18.5);
    assertThat(gradient).containsExactly(1, 18);
    double[] slopes = new double[4];
    Surfaces.parse("quadratic(condition=8, dimension=4)")
        .gradient(new double[] {1, 1, 1, 1}, slopes);
    for (int i = 0; i < 4; i++) {
      assertThat(slopes[i]).isCloseTo(1 << i, within(1e-14));
    }
    agrees(
        Surfaces.parse("quadratic(condition=9, angle=90)"),
        new double[] {1, 2},
        (4 + 9) / 2.0,
        9,
        2);
  }

  private static void agrees(Surface surface, double[] x, double value, double... slopes) {
    double[] gradient = new double[x.length];
    assertThat(surface.gradient(x, gradient)).isCloseTo(value, within(1e-12 * (1 + value)));
    for (int i = 0; i < x.length; i++) {
      assertThat(gradient[i]).isCloseTo(slopes[i], within(1e-12 * (1 + Math.abs(slopes[i]))));
    }
  }
}
