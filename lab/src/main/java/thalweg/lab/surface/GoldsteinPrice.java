package thalweg.lab.surface;

import java.util.List;

/**
 * The function of Goldstein and Price (1971): from 3 to over 10^6 within the box, so one rate is
 * too large on the walls and too small on the floor.
 */
public record GoldsteinPrice() implements Definition {
  @Override
  public String formula() {
    return "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
        + " * (30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))";
  }

  @Override
  public Box box() {
    return Box.cube(2, -2, 2);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(List.of(0.0, -1.0), 3));
  }

  @Override
  public List<Double> start() {
    return List.of(-1.0, 1.0);
  }
}
