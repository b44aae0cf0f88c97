package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.text.NumberText;

/**
 * A smooth surface of which nobody knows the shape beforehand, another for each seed: a bowl with a
 * wide floor and waves whose directions and lengths are drawn (random Fourier features of a
 * Gaussian process, Rahimi and Recht 2007). Bounded below, because waves are bounded. Its formula
 * has the drawn numbers in it, so it is the same on every machine and can be taken as an expression
 * and changed.
 *
 * @param waves how many are added
 */
public record RandomSurface(
    @Hyperparameter(value = "1", range = "[0, inf)") long seed,
    @Hyperparameter(value = "2", range = "[2, 20]") int dimension,
    @Hyperparameter(value = "12", range = "[1, 100]") int waves)
    implements Definition {
  private static final double LENGTH = 1.6;
  private static final double HEIGHT = 3;

  public RandomSurface {
    Hyperparameters.check(RandomSurface.class, seed, dimension, waves);
  }

  @Override
  public String formula() {
    SplittableRandom random = new SplittableRandom(seed);
    double height = HEIGHT * StrictMath.sqrt(2.0 / waves);
    List<String> terms = new ArrayList<>();
    for (int k = 0; k < waves; k++) {
      StringBuilder phase = new StringBuilder();
      for (int i = 1; i <= dimension; i++) {
        double frequency = normal(random) / (LENGTH * StrictMath.sqrt(dimension / 2.0));
        phase.append("%s*%s + ".formatted(rounded(frequency), Coordinates.name(i, dimension)));
      }
      phase.append(rounded(2 * StrictMath.PI * uniform(random)));
      terms.add("cos(%s)".formatted(phase.toString().replace("+ -", "- ")));
    }
    String bowl = dimension == 2 ? "(x^4 + y^4)" : "sum(i, 1, %d, x[i]^4)".formatted(dimension);
    return "%s/100 + %s*(%s)".formatted(bowl, rounded(height), String.join(" + ", terms));
  }

  @Override
  public Box box() {
    return Box.cube(dimension, -5, 5);
  }

  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, -3.5, 3);
  }

  private static String rounded(double number) {
    return NumberText.of(StrictMath.rint(number * 1000) / 1000);
  }

  /** In (0, 1), from the generator's bits alone. */
  private static double uniform(SplittableRandom random) {
    return ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
  }

  /** Box and Muller 1958. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(random)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(random));
  }
}
