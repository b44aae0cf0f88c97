package thalweg.lab.surface;

import java.util.List;

/** Himmelblau's function (1972): four minima, all equally low; where a path ends is chance. */
public record Himmelblau() implements Definition {
  @Override
  public String formula() {
    return "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
  }

  @Override
  public Box box() {
    return Box.cube(2, -6, 6);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(
        new Minimum(List.of(3.0, 2.0), 0),
        new Minimum(List.of(-2.805118086952745, 3.131312518250573), 0),
        new Minimum(List.of(-3.779310253377747, -3.283185991286170), 0),
        new Minimum(List.of(3.584428340330492, -1.848126526964404), 0));
  }

  @Override
  public List<Double> start() {
    return List.of(-0.5, -1.5);
  }
}
