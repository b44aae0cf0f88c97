package thalweg.lab.surface;

import java.util.List;

/**
 * Beale's function (1958): plains with almost no gradient between walls that rise to 10^5. Test
 * function 5 of Moré, Garbow and Hillstrom 1981, whose start is here.
 */
public record Beale() implements Definition {
  @Override
  public String formula() {
    return "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2";
  }

  @Override
  public Box box() {
    return Box.cube(2, -4.5, 4.5);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(List.of(3.0, 0.5), 0));
  }

  @Override
  public List<Double> start() {
    return List.of(1.0, 1.0);
  }
}
