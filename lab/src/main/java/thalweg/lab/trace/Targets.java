package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;

/**
 * How soon a walk came close to the goal.
 *
 * @param steps for each of {@link #WITHIN} the first index that is within; empty if none is
 */
public record Targets(List<OptionalInt> steps) {
  /** How close: above the lowest known value, or of the gradient's norm where none is known. */
  public static final List<Double> WITHIN = List.of(1e-2, 1e-4, 1e-6);

  public Targets {
    steps = List.copyOf(steps);
  }

  /** Those of a walk over a surface. */
  public static Targets of(Surface surface, Walk walk) {
    List<OptionalInt> steps = new ArrayList<>();
    for (double within : WITHIN) {
      steps.add(first(surface, walk, within));
    }
    return new Targets(steps);
  }

  private static OptionalInt first(Surface surface, Walk walk, double within) {
    OptionalDouble lowest = lowest(surface);
    for (int k = 0; k <= walk.steps(); k++) {
      double excess =
          lowest.isPresent() ? walk.loss()[k] - lowest.getAsDouble() : walk.gradientNorm()[k];
      if (excess <= within) {
        return OptionalInt.of(k);
      }
    }
    return OptionalInt.empty();
  }

  /** What the numbers of {@link #WITHIN} are of, for people. */
  public static String measured(Surface surface) {
    return surface.minima().isEmpty() ? "the norm of the gradient" : "the loss above the minimum";
  }

  /** The lowest known value; empty where no minimum is known. */
  public static OptionalDouble lowest(Surface surface) {
    return surface.minima().stream().mapToDouble(Minimum::value).min();
  }

  /** The Euclidean distance to the nearest known minimum; empty where none is known. */
  public static OptionalDouble distance(Surface surface, double... x) {
    return surface.minima().stream()
        .map(minimum -> {
          double[] away = new double[x.length];
          for (int c = 0; c < x.length; c++) {
            away[c] = x[c] - minimum.at().get(c);
          }
          return NoisySum.norm(away);
        })
        .min(Comparator.naturalOrder())
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }
}
