package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.ScaleByAdan;

/** Adan: Nesterov's look ahead from changes of the gradient, with adaptive rates. */
@Described(
    value = "adaptive rates with Nesterov momentum taken from changes of the gradient",
    paper =
        "Xie et al. 2022, Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep"
            + " Models, Algorithm 1",
    differs = {
      "betas are the rates at which the past is kept, as in Optax; the paper writes 1 - beta for"
          + " them",
      "weight_decay * θ is added to the direction, as in Optax; the paper divides by 1 + lr *"
          + " weight_decay",
      "eps_root is 0 by default; in Optax it is 1e-8",
      "Optax has no default for lr; the one here is that of the authors' program"
    })
public record Adan(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.98", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.92", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "0.99", range = "[0, 1)") double beta3,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay)
    implements Rule {
  public Adan {
    Hyperparameters.check(Adan.class, lr, beta1, beta2, beta3, eps, epsRoot, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static Adan lr(double lr) {
    return Hyperparameters.standard(Adan.class, lr);
  }

  public Adan beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Adan beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Adan beta3(double value) {
    return Hyperparameters.with(this, "beta3", value);
  }

  public Adan eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Adan epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  public Adan weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "adan";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor d = s.enter(new ScaleByAdan(beta1, beta2, beta3, eps, epsRoot), gradient);
    d = s.enter(new DecayWeights(weightDecay), d);
    return s.enter(new Descend(lr), d);
  }
}
