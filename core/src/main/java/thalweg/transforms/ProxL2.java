package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * The proximal step of {@code l2/2 ‖θ‖²}, after the descent: {@code θ ← θ / (1 + lr · l2)}, the
 * implicit form of weight decay, stable at every rate. NaN stays NaN.
 */
@Described(
    value = "after the descent: divides the parameter by 1 + lr * l2",
    paper = "Parikh and Boyd 2014, Proximal Algorithms, section 6.1.1",
    differs = {
      "decay_weights multiplies by 1 - lr * weight_decay before the step; the two agree to first"
          + " order in lr"
    })
public record ProxL2(@Hyperparameter(range = "[0, inf)") double l2) implements Transformation {
  public ProxL2 {
    Hyperparameters.check(ProxL2.class, l2);
  }

  @Override
  public String name() {
    return "prox_l2";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    s.move(s.moved().over(Scalar.ONE.plus(s.rate().times(s.hyper("l2", l2)))));
    return d;
  }
}
