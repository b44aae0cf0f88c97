package thalweg.rules;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.Descend;

/** NovoGrad: momentum over gradients that are divided by a running norm of their whole tensor. */
@Described(
    value = "momentum over gradients normalized tensor by tensor: one second moment a tensor",
    paper =
        "Ginsburg et al. 2019, Stochastic Gradient Methods with Layer-wise Adaptive Moments for"
            + " Training of Deep Networks, Algorithm 1",
    differs = {
      "the first gradient enters the momentum like every other, as in Optax and the paper",
      "Optax has no default for lr; the one here is that of the paper's experiments"
    })
public record NovoGrad(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.25", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay)
    implements Rule {
  public NovoGrad {
    Hyperparameters.check(NovoGrad.class, lr, beta1, beta2, eps, epsRoot, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static NovoGrad lr(double lr) {
    return Hyperparameters.standard(NovoGrad.class, lr);
  }

  public NovoGrad beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public NovoGrad beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public NovoGrad eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public NovoGrad epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  public NovoGrad weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "novograd";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Scalar b2 = s.hyper("beta2", beta2);
    ScalarState squares = s.number("exp_avg_sq", "v", 0);
    Scalar square = s.let("n", gradient.square().sum(Scope.TENSOR));
    Scalar later = b2.times(squares.old()).plus(Scalar.ONE.minus(b2).times(square));
    Scalar v = squares.becomes(s.t().is(Comparison.EQUAL, Scalar.ONE).choose(square, later));

    Scalar under = epsRoot == 0 ? v : v.plus(s.hyper("eps_root", epsRoot));
    Tensor d = s.let("d", gradient.over(under.sqrt().plus(s.hyper("eps", eps))));
    d = s.enter(new AddDecayedWeights(weightDecay), d);
    State mean = s.state("exp_avg", "m", 0);
    Tensor m = mean.becomes(mean.old().times(s.hyper("beta1", beta1)).plus(d));
    return s.enter(new Descend(lr), m);
  }
}
