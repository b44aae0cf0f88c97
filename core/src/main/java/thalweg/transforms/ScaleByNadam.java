package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * NAdam's direction: Adam's with Nesterov's look ahead and a momentum that grows to beta1 with
 * time.
 */
@Described(
    value = "Adam's direction with Nesterov momentum that warms up",
    paper = "Dozat 2016, Incorporating Nesterov Momentum into Adam; in this form torch.optim.NAdam",
    differs = {
      "PyTorch's momentum schedule, in which 0.96 is fixed; Optax' nadam has constant momentum"
    })
public record ScaleByNadam(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "4e-3", range = "[0, inf)") double momentumDecay)
    implements Transformation {
  public ScaleByNadam {
    Hyperparameters.check(ScaleByNadam.class, beta1, beta2, eps, momentumDecay);
  }

  @Override
  public String name() {
    return "scale_by_nadam";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Scalar mu = s.let("μ", momentum(b1, s.t(), s));
    Scalar next = s.let("μ_next", momentum(b1, s.t().plus(Scalar.ONE), s));
    ScalarState product = s.number("mu_product", "P", 1);
    Scalar all = product.becomes(product.old().times(mu));
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    Tensor vHat = s.let("v̂", s.unbias(v, b2));
    Scalar ofGradient = Scalar.ONE.minus(mu).over(Scalar.ONE.minus(all));
    Scalar ofMean = next.over(Scalar.ONE.minus(all.times(next)));
    return g.times(ofGradient).plus(m.times(ofMean)).over(vHat.sqrt().plus(s.hyper("eps", eps)));
  }

  /** The momentum of an update: {@code β₁ (1 − 0.96^(t ψ) / 2)}. */
  private Scalar momentum(Scalar b1, Scalar t, Step s) {
    Scalar psi = s.hyper("momentum_decay", momentumDecay);
    Scalar missing = Scalar.of(0.5).times(Scalar.of(0.96).pow(t.times(psi)));
    return b1.times(Scalar.ONE.minus(missing));
  }
}
