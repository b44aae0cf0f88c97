package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/** Surfaces small enough to be checked by hand, and every optimizer for them. */
final class Valleys {
  private Valleys() {}

  /** f = (1 − x)² + 100 (y − x²)². */
  static Surface rosenbrock() {
    return new Plain(
        "rosenbrock",
        2,
        List.of(new Minimum(List.of(1.0, 1.0), 0)),
        (x, g) -> {
          double rise = x[1] - x[0] * x[0];
          g[0] = -2 * (1 - x[0]) - 400 * x[0] * rise;
          g[1] = 200 * rise;
          return (1 - x[0]) * (1 - x[0]) + 100 * rise * rise;
        });
  }

  /** f = ½ Σ λᵢ xᵢ². */
  static Surface quadratic(double... lambda) {
    return new Plain(
        "quadratic",
        lambda.length,
        List.of(new Minimum(java.util.Collections.nCopies(lambda.length, 0.0), 0)),
        (x, g) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            g[i] = lambda[i] * x[i];
            sum += lambda[i] * x[i] * x[i] / 2;
          }
          return sum;
        });
  }

  /** The text of every optimizer of the catalogue; those of single terms for so many. */
  static List<String> everyOptimizer(int terms) {
    Map<String, String> required =
        Map.of(
            "sag", "sag(terms=" + terms + ")",
            "saga", "saga(terms=" + terms + ")",
            "svrg", "svrg(inner=" + terms + ")");
    List<String> texts = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.entries()) {
      if (entry.kind() == CatalogueEntry.Kind.OPTIMIZER) {
        texts.add(required.getOrDefault(entry.id(), entry.id()));
      }
    }
    return texts;
  }

  /** Value and gradient at once. */
  @FunctionalInterface
  interface Function {
    double at(double[] x, double[] gradient);
  }

  private record Plain(String text, int dimension, List<Minimum> minima, Function function)
      implements Surface {
    @Override
    public String formula() {
      return text;
    }

    @Override
    public double value(double[] x) {
      return function.at(x, new double[x.length]);
    }

    @Override
    public double gradient(double[] x, double[] gradient) {
      return function.at(x, gradient);
    }

    @Override
    public Box box() {
      return Box.cube(dimension, -2, 2);
    }

    @Override
    public List<Double> start() {
      return java.util.Collections.nCopies(dimension, -1.0);
    }
  }
}
