package thalweg.lab.surface;

import java.util.Collections;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * The function of Styblinski and Tang (1990): in every coordinate a deep and a shallow basin, so
 * 2^dimension basins and one lowest.
 */
public record StyblinskiTang(@Hyperparameter(value = "2", range = "[2, 1000]") int dimension)
    implements Definition {
  /** The lowest root of the derivative 2 x^3 - 16 x + 5/2, and the value of one coordinate. */
  private static final double LOWEST_AT = -2.903534027771177;

  private static final double LOWEST = -39.16616570377142;

  public StyblinskiTang {
    Hyperparameters.check(StyblinskiTang.class, dimension);
  }

  @Override
  public String formula() {
    return "sum(i, 1, %d, x[i]^4 - 16*x[i]^2 + 5*x[i])/2".formatted(dimension);
  }

  @Override
  public Box box() {
    return Box.cube(dimension, -5, 5);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(Collections.nCopies(dimension, LOWEST_AT), dimension * LOWEST));
  }

  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, 4, -0.5);
  }
}
