package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * Rosenbrock's banana (1960): a curved valley that is found at once and followed slowly. In more
 * dimensions the chain of them, which from 4 on has a second, local minimum near (−1, 1, …, 1)
 * (Shang and Qiu 2006).
 */
public record Rosenbrock(@Hyperparameter(value = "2", range = "[2, 1000]") int dimension)
    implements Definition {
  public Rosenbrock {
    Hyperparameters.check(Rosenbrock.class, dimension);
  }

  @Override
  public String formula() {
    return dimension == 2
        ? "(1 - x)^2 + 100*(y - x^2)^2"
        : "sum(i, 1, %d, (1 - x[i])^2 + 100*(x[i+1] - x[i]^2)^2)".formatted(dimension - 1);
  }

  @Override
  public Box box() {
    List<Double> low = new ArrayList<>(Collections.nCopies(dimension, -1.5));
    List<Double> high = new ArrayList<>(Collections.nCopies(dimension, 3.0));
    low.set(0, -2.0);
    high.set(0, 2.0);
    return new Box(low, high);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(Collections.nCopies(dimension, 1.0), 0));
  }

  /** Rosenbrock's own, repeated. */
  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, -1.2, 1);
  }
}
