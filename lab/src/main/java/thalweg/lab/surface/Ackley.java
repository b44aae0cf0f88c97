package thalweg.lab.surface;

import java.util.Collections;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * Ackley's function (1987; for any dimension Bäck 1996): almost flat and bumpy far out, a deep
 * funnel in the middle. At its minimum it has a tip: the slope does not fade towards it.
 */
public record Ackley(@Hyperparameter(value = "2", range = "[2, 1000]") int dimension)
    implements Definition {
  public Ackley {
    Hyperparameters.check(Ackley.class, dimension);
  }

  @Override
  public String formula() {
    return "-20*exp(-0.2*sqrt(sum(i, 1, %1$d, x[i]^2)/%1$d)) - exp(sum(i, 1, %1$d, cos(2*pi*x[i]))/%1$d) + 20 + e"
        .formatted(dimension);
  }

  @Override
  public Box box() {
    return Box.cube(dimension, -5, 5);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(Collections.nCopies(dimension, 0.0), 0));
  }

  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, 3.3, -2.4);
  }
}
