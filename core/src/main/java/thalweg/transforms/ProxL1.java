package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * The proximal step of {@code l1 ‖θ‖₁}, after the descent: soft thresholding by {@code lr · l1},
 * which sets small elements to exactly 0. Behind plain gradient descent this is ISTA. A negative
 * element becomes −0, which equals 0; NaN stays NaN.
 */
@Described(
    value = "after the descent: shrinks every element of the parameter by lr * l1 towards 0",
    paper =
        "Daubechies, Defrise and De Mol 2004, An Iterative Thresholding Algorithm for Linear"
            + " Inverse Problems; Beck and Teboulle 2009, A Fast Iterative Shrinkage-Thresholding"
            + " Algorithm, equation 1.5",
    differs = {
      "behind an adaptive rule the threshold is lr * l1 for every element: a step in the plain"
          + " metric, not in that of the rule"
    })
public record ProxL1(@Hyperparameter(range = "[0, inf)") double l1) implements Transformation {
  public ProxL1 {
    Hyperparameters.check(ProxL1.class, l1);
  }

  @Override
  public String name() {
    return "prox_l1";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    Tensor x = s.moved();
    Scalar threshold = s.rate().times(s.hyper("l1", l1));
    s.move(x.sign().times(x.abs().minus(threshold).max(Scalar.ZERO)));
    return d;
  }
}
