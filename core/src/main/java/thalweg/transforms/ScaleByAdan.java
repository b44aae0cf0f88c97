package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Adan's direction: running means of the direction and of its changes, over the root of a running
 * mean of the square of the direction looked ahead.
 */
@Described(
    value =
        "Adan's direction: means of the direction and of its change over the root of mean squares",
    paper =
        "Xie et al. 2022, Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep"
            + " Models, Algorithm 1",
    differs = {
      "betas are the rates at which the past is kept, as in Optax; the paper writes 1 - beta for"
          + " them"
    })
public record ScaleByAdan(
    @Hyperparameter(value = "0.98", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.92", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "0.99", range = "[0, 1)") double beta3,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot)
    implements Transformation {
  public ScaleByAdan {
    Hyperparameters.check(ScaleByAdan.class, beta1, beta2, beta3, eps, epsRoot);
  }

  @Override
  public String name() {
    return "scale_by_adan";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Scalar b3 = s.hyper("beta3", beta3);
    Scalar ahead = Scalar.ONE.minus(b2);
    State previous = s.state("prev", "p", 0);
    // the first gradient has not changed from anything
    Scalar first = s.t().is(Comparison.EQUAL, Scalar.ONE);
    Tensor change = s.let("Δ", first.choose(Tensor.of(Scalar.ZERO), g.minus(previous.old())));
    previous.becomes(g);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_diff", "v", change, b2);
    Tensor n = s.ema("exp_avg_sq", "n", g.plus(change.times(ahead)).square(), b3);
    Tensor mHat = s.let("m̂", s.unbias(m, b1));
    Tensor vHat = s.let("v̂", s.unbias(v, b2));
    Tensor nHat = s.let("n̂", s.unbias(n, b3));
    return mHat.plus(vHat.times(ahead)).over(Root.of(nHat, epsRoot, s).plus(s.hyper("eps", eps)));
  }
}
