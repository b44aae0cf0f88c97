package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Nothing moves: for a group of frozen parameters, or in front of a rule that is to rest. */
@Described(
    value = "leaves the parameters, and all that follows, as they are",
    paper = "Optax set_to_zero",
    differs = {
      "in PyTorch requires_grad_(false); that also saves the gradient's computation, so prefer it"
          + " for a whole training"
    })
public record Freeze() implements Transformation {
  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    s.freeze();
    return g;
  }
}
