package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Divides the direction by the scale that the loss was multiplied with, so that all that follows
 * sees the gradient itself.
 */
@Described(
    value = "divides the direction by loss_scale",
    paper = "Micikevicius et al. 2018, Mixed Precision Training, section 3.2",
    differs = {
      "the scale is a number here; Optimizer.lossScaling(LossScaler) puts this in front of a chain"
          + " and drives it"
    })
public record Unscale(@Hyperparameter(range = "(0, inf)") double lossScale)
    implements Transformation {
  public Unscale {
    Hyperparameters.check(Unscale.class, lossScale);
  }

  @Override
  public String name() {
    return "unscale";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", g.over(s.hyper("loss_scale", lossScale)));
  }
}
