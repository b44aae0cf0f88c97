package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Limits every element of the direction to {@code [−clip_value, clip_value]}; NaN stays NaN. */
@Described(
    value = "limits every element of the direction to [-clip_value, clip_value]",
    paper = "Mikolov 2012, Statistical Language Models Based on Neural Networks")
public record ClipByValue(@Hyperparameter(range = "(0, inf)") double clipValue)
    implements Transformation {
  public ClipByValue {
    Hyperparameters.check(ClipByValue.class, clipValue);
  }

  @Override
  public String name() {
    return "clip_by_value";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar c = s.hyper("clip_value", clipValue);
    return s.let("g", g.clamp(c.negate(), c));
  }
}
