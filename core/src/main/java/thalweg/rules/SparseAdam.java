package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Negate;

/**
 * Adam for sparse gradients: rows without a gradient rest, their running means included, while t
 * counts every step. Made for embeddings. A dense gradient has all rows.
 */
@Described(
    value = "Adam that touches only the rows that have a gradient",
    paper = "Kingma and Ba 2015, Algorithm 1; the lazy variant is PyTorch's SparseAdam",
    differs = {
      "eps is added to the root of the uncorrected mean of squares, as in PyTorch's SparseAdam (not"
          + " its Adam)",
      "PyTorch's SparseAdam refuses dense gradients; here they have all rows"
    })
public record SparseAdam(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public SparseAdam {
    Hyperparameters.check(SparseAdam.class, lr, beta1, beta2, eps, maximize);
  }

  /** With this learning rate and every other default. */
  public static SparseAdam lr(double lr) {
    return Hyperparameters.standard(SparseAdam.class, lr);
  }

  public SparseAdam beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public SparseAdam beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public SparseAdam eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public SparseAdam maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "sparse_adam";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    s.restWithoutGradient();
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    Scalar correction =
        Scalar.ONE.minus(b2.pow(s.t())).sqrt().over(Scalar.ONE.minus(b1.pow(s.t())));
    Scalar rate = s.let("α", s.hyper("lr", lr).times(correction));
    return s.descend(m.over(v.sqrt().plus(s.hyper("eps", eps))), rate);
  }
}
