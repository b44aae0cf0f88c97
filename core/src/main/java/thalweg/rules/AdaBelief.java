package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;
import thalweg.transforms.ScaleByBelief;

/** AdaBelief: long steps where the gradient is as expected, short ones where it surprises. */
@Described(
    value = "adaptive rates from how far the gradient is from its running mean",
    paper =
        "Zhuang et al. 2020, AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed"
            + " Gradients, Algorithm 2",
    differs = {
      "eps_root is added to the remembered v at every update, as in Optax and in the authors'"
          + " program; so it grows towards eps_root / (1 - beta2)",
      "Optax has no default for lr; the one here is that of the authors' program"
    })
public record AdaBelief(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-16", range = "[0, inf)") double eps,
    @Hyperparameter(value = "1e-16", range = "[0, inf)") double epsRoot)
    implements Rule {
  public AdaBelief {
    Hyperparameters.check(AdaBelief.class, lr, beta1, beta2, eps, epsRoot);
  }

  /** With this learning rate and every other default. */
  public static AdaBelief lr(double lr) {
    return Hyperparameters.standard(AdaBelief.class, lr);
  }

  public AdaBelief beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public AdaBelief beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public AdaBelief eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public AdaBelief epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  @Override
  public String name() {
    return "adabelief";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return s.enter(
        new Descend(lr), s.enter(new ScaleByBelief(beta1, beta2, eps, epsRoot), gradient));
  }
}
