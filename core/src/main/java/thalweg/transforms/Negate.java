package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Turns the direction around, so that a descent climbs: PyTorch's {@code maximize}. */
@Described(
    value = "turns the direction around, so that the descent climbs",
    paper = "PyTorch, the maximize option of torch.optim")
public record Negate() implements Transformation {
  @Override
  public String name() {
    return "negate";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", g.negate());
  }
}
