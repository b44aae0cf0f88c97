package thalweg.lab.surface;

import java.util.Collections;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.text.NumberText;

/**
 * Rastrigin's function (1974; for any dimension Mühlenbein, Schomisch and Born 1991): a bowl with a
 * bump at every step. A small amplitude makes it a bowl that is only rough.
 *
 * @param amplitude height of the bumps
 */
public record Rastrigin(
    @Hyperparameter(value = "2", range = "[2, 1000]") int dimension,
    @Hyperparameter(value = "10", range = "[0, 100]") double amplitude)
    implements Definition {
  public Rastrigin {
    Hyperparameters.check(Rastrigin.class, dimension, amplitude);
  }

  @Override
  public String formula() {
    return "sum(i, 1, %d, x[i]^2 + %s*(1 - cos(2*pi*x[i])))"
        .formatted(dimension, NumberText.of(amplitude));
  }

  @Override
  public Box box() {
    return Box.cube(dimension, -5.12, 5.12);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(Collections.nCopies(dimension, 0.0), 0));
  }

  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, 3.4, -2.3);
  }
}
