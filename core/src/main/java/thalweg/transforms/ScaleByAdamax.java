package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Adamax' direction: a running mean over a decaying maximum of the direction's size. */
@Described(
    value = "Adamax' direction: a running mean over a decaying maximum of sizes",
    paper = "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, Algorithm 2",
    differs = {
      "eps is added to |g| inside the maximum, as in PyTorch and Optax; the paper has none"
    })
public record ScaleByAdamax(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps)
    implements Transformation {
  public ScaleByAdamax {
    Hyperparameters.check(ScaleByAdamax.class, beta1, beta2, eps);
  }

  @Override
  public String name() {
    return "scale_by_adamax";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    State largest = s.state("exp_inf", "u", 0);
    Tensor size = g.abs().plus(s.hyper("eps", eps));
    Tensor u = largest.becomes(largest.old().times(s.hyper("beta2", beta2)).max(size));
    return s.let("m̂", s.unbias(m, b1)).over(u);
  }
}
