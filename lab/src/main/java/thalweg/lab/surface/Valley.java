package thalweg.lab.surface;

import java.util.List;

/**
 * A long valley, twenty times as steep across as along (Saito 2016, Deep Learning from Scratch,
 * 6.1.3). A step that suits one direction is wrong for the other.
 */
public record Valley() implements Definition {
  @Override
  public String formula() {
    return "x^2/20 + y^2";
  }

  @Override
  public Box box() {
    return new Box(List.of(-10.0, -5.0), List.of(10.0, 5.0));
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(List.of(0.0, 0.0), 0));
  }

  @Override
  public List<Double> start() {
    return List.of(-7.0, 2.0);
  }
}
