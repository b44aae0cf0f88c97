package thalweg.lab.surface;

import java.util.List;

/**
 * The plainest saddle: down along y, up along x. No minimum, so every path that is not on the ridge
 * leaves; what differs is how long it stays.
 */
public record Saddle() implements Definition {
  @Override
  public String formula() {
    return "x^2 - y^2";
  }

  @Override
  public Box box() {
    return Box.cube(2, -2, 2);
  }

  /** Just beside the ridge. */
  @Override
  public List<Double> start() {
    return List.of(-1.5, 1e-3);
  }
}
