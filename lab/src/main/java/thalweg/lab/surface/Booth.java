package thalweg.lab.surface;

import java.util.List;

/**
 * Booth's function (no. 17 in Jamil and Yang 2013): a quadratic whose axes are turned by 45°,
 * condition number 9.
 */
public record Booth() implements Definition {
  @Override
  public String formula() {
    return "(x + 2*y - 7)^2 + (2*x + y - 5)^2";
  }

  @Override
  public Box box() {
    return Box.cube(2, -10, 10);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(List.of(1.0, 3.0), 0));
  }

  @Override
  public List<Double> start() {
    return List.of(-8.0, 7.0);
  }
}
