package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * AMSGrad's direction with bias correction first: Adam's, over the largest corrected mean of
 * squares so far.
 */
@Described(
    value =
        "AMSGrad's direction: a running mean over the root of the largest corrected mean of"
            + " squares",
    paper = "Reddi, Kale and Kumar 2018, On the Convergence of Adam and Beyond, Algorithm 2",
    differs = {
      "the maximum is taken of the bias-corrected v, as Optax does; PyTorch (adam with amsgrad) and"
          + " the paper take it of the uncorrected one"
    })
public record ScaleByAmsgrad(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot)
    implements Transformation {
  public ScaleByAmsgrad {
    Hyperparameters.check(ScaleByAmsgrad.class, beta1, beta2, eps, epsRoot);
  }

  @Override
  public String name() {
    return "scale_by_amsgrad";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    Tensor mHat = s.let("m̂", s.unbias(m, b1));
    Tensor vHat = s.let("v̂", s.unbias(v, b2));
    State largest = s.state("max_exp_avg_sq", "v_max", 0);
    Tensor vMax = largest.becomes(largest.old().max(vHat));
    return mHat.over(Root.of(vMax, epsRoot, s).plus(s.hyper("eps", eps)));
  }
}
