package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomSurfaceTest {
  /** On every machine: these very numbers. */
  @Test
  void aSeedSaysTheWholeSurface() {
    assertThat(Surfaces.parse("random(seed=7, waves=3)").formula())
        .isEqualTo(
            "(x^4 + y^4)/100 + 2.449*(cos(0.853*x - 0.248*y + 2.843)"
                + " + cos(-1.021*x + 0.62*y + 2.596) + cos(1.289*x + 0.179*y + 5.429))");
    assertThat(Surfaces.parse("random(dimension=4, seed=7, waves=1)").formula())
        .isEqualTo(
            "sum(i, 1, 4, x[i]^4)/100"
                + " + 4.243*(cos(0.603*x1 - 0.175*x2 + 2e-3*x3 - 0.257*x4 + 0.844))");
  }

  @Test
  void itsFormulaIsAnExpressionThatMakesTheSameSurface() {
    Surface random = Surfaces.parse("random(seed=11)");
    Surface copied = Expression.parse(random.formula(), "-5,5");
    double[] x = {1.25, -3.5};
    assertThat(copied.value(x)).isEqualTo(random.value(x));
    assertThat(copied.box()).isEqualTo(random.box());
  }

  @Test
  void everySeedGivesAnother() {
    Set<String> formulas = new HashSet<>();
    for (int seed = 0; seed < 1000; seed++) {
      formulas.add(new RandomSurface(seed, 2, 12).formula());
    }
    assertThat(formulas).hasSize(1000);
  }

  /** Waves are bounded and the bowl is not: what is lowest lies in or near the box. */
  @Test
  void allAreBoundedBelow() {
    SplittableRandom random = new SplittableRandom(8);
    Box wide = Box.cube(2, -1e3, 1e3);
    for (int seed = 0; seed < 50; seed++) {
      Surface surface = Surfaces.of(new RandomSurface(seed, 2, 12));
      double deepest = -12 * 1.225;
      for (int i = 0; i < 1000; i++) {
        double[] x = Places.in(i % 2 == 0 ? wide : surface.box(), random);
        double bowl = (Math.pow(x[0], 4) + Math.pow(x[1], 4)) / 100;
        assertThat(surface.value(x)).isGreaterThanOrEqualTo(bowl * (1 - 1e-15) + deepest);
      }
    }
  }
}
