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
 * Adam's direction: a running mean of the direction over the root of a running mean of its square.
 */
@Described(
    value = "Adam's direction: a running mean over the root of a running mean of squares",
    paper = "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, Algorithm 1",
    differs = {
      "amsgrad keeps the maximum of the uncorrected v, as PyTorch does; Optax corrects v first"
    })
public record ScaleByAdam(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter("false") boolean amsgrad,
    @Hyperparameter("outside") EpsPlacement epsPlacement,
    @Hyperparameter("true") boolean biasCorrection,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot)
    implements Transformation {
  public ScaleByAdam {
    Hyperparameters.check(
        ScaleByAdam.class, beta1, beta2, eps, amsgrad, epsPlacement, biasCorrection, epsRoot);
  }

  /** As PyTorch has it: without Optax's {@code eps_root}. */
  public ScaleByAdam(
      double beta1,
      double beta2,
      double eps,
      boolean amsgrad,
      EpsPlacement epsPlacement,
      boolean biasCorrection) {
    this(beta1, beta2, eps, amsgrad, epsPlacement, biasCorrection, 0);
  }

  @Override
  public String name() {
    return "scale_by_adam";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Scalar e = s.hyper("eps", eps);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    if (amsgrad) {
      State largest = s.state("max_exp_avg_sq", "v_max", 0);
      v = largest.becomes(largest.old().max(v));
    }
    Tensor mHat = biasCorrection ? s.let("m̂", s.unbias(m, b1)) : m;
    Tensor vHat = biasCorrection ? s.let("v̂", s.unbias(v, b2)) : v;
    return mHat.over(
        switch (epsPlacement) {
          case OUTSIDE -> Root.of(vHat, epsRoot, s).plus(e);
          case INSIDE -> Root.of(vHat.plus(e), epsRoot, s);
        });
  }
}
