package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * RAdam's direction: Adam's, times a rectification that grows to 1 with the number of gradients
 * seen; while these are too few to say how they vary, the running mean alone.
 */
@Described(
    value = "Adam's direction, rectified for the few squares that the first updates have seen",
    paper =
        "Liu et al. 2020, On the Variance of the Adaptive Learning Rate and Beyond, Algorithm 2",
    differs = {
      "rectified where rho_t > 5, as in PyTorch and Optax; the paper has 4",
      "eps is added to the root of the uncorrected v, as in PyTorch; Optax adds it to that of the"
          + " corrected one"
    })
public record ScaleByRadam(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps)
    implements Transformation {
  public ScaleByRadam {
    Hyperparameters.check(ScaleByRadam.class, beta1, beta2, eps);
  }

  @Override
  public String name() {
    return "scale_by_radam";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    Tensor mHat = s.let("m̂", s.unbias(m, b1));
    Scalar r = rectification(b2, s);
    Tensor adaptive = mHat.times(r).over(v.sqrt().plus(s.hyper("eps", eps)));
    return Tensor.of(Scalar.ZERO).choose(Comparison.LESS, Tensor.of(r), adaptive, mHat);
  }

  /** The rectification and the root of v's bias correction; 0 while there is no telling. */
  private static Scalar rectification(Scalar b2, Step s) {
    Scalar two = Scalar.of(2);
    Scalar four = Scalar.of(4);
    Scalar most = s.let("ρ_max", two.over(Scalar.ONE.minus(b2)).minus(Scalar.ONE));
    Scalar power = b2.pow(s.t());
    Scalar correction = Scalar.ONE.minus(power);
    Scalar rho = s.let("ρ", most.minus(two.times(s.t()).times(power).over(correction)));
    Scalar now = rho.minus(four).times(rho.minus(two)).times(most);
    Scalar atLast = most.minus(four).times(most.minus(two)).times(rho);
    Scalar rectified = now.over(atLast).times(correction).sqrt();
    return s.let("r", Scalar.of(5).choose(Comparison.LESS, rho, rectified, Scalar.ZERO));
  }
}
