package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * RMSProp's direction: divided by the root of a running mean of squares. Centered, the squared mean
 * is taken off first, and what rounding leaves below zero is set to zero.
 */
@Described(
    value = "divides the direction by the root of a running mean of its square",
    paper = "Tieleman and Hinton 2012, Lecture 6.5 - RMSProp; centered: Graves 2013, equation 38",
    differs = {
      "centered: the variance is kept at or above 0; PyTorch and Optax give NaN where rounding"
          + " makes it negative"
    })
public record ScaleByRms(
    @Hyperparameter(value = "0.99", range = "[0, 1)") double alpha,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter("false") boolean centered)
    implements Transformation {
  public ScaleByRms {
    Hyperparameters.check(ScaleByRms.class, alpha, eps, centered);
  }

  @Override
  public String name() {
    return "scale_by_rms";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar a = s.hyper("alpha", alpha);
    Scalar e = s.hyper("eps", eps);
    Tensor v = s.ema("square_avg", "v", g.square(), a);
    if (centered) {
      Tensor mean = s.ema("grad_avg", "ḡ", g, a);
      v = v.minus(mean.square()).max(Scalar.ZERO);
    }
    return g.over(v.sqrt().plus(e));
  }
}
