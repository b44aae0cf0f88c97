package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** AdaBelief's direction: a running mean over the root of the mean squared distance from it. */
@Described(
    value = "AdaBelief's direction: a running mean over the root of the mean squared surprise",
    paper =
        "Zhuang et al. 2020, AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed"
            + " Gradients, Algorithm 2",
    differs = {
      "eps_root is added to the remembered v at every update, as in Optax and in the authors'"
          + " program; so it grows towards eps_root / (1 - beta2)"
    })
public record ScaleByBelief(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-16", range = "[0, inf)") double eps,
    @Hyperparameter(value = "1e-16", range = "[0, inf)") double epsRoot)
    implements Transformation {
  public ScaleByBelief {
    Hyperparameters.check(ScaleByBelief.class, beta1, beta2, eps, epsRoot);
  }

  @Override
  public String name() {
    return "scale_by_belief";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    State variance = s.state("exp_avg_var", "v", 0);
    Tensor surprise = s.let("e", g.minus(m));
    Tensor v =
        variance.becomes(
            variance.old().blend(surprise.square(), b2).plus(s.hyper("eps_root", epsRoot)));
    Tensor mHat = s.let("m̂", s.unbias(m, b1));
    Tensor vHat = s.let("v̂", s.unbias(v, b2));
    return mHat.over(vHat.sqrt().plus(s.hyper("eps", eps)));
  }
}
