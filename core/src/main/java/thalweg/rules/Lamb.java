package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.EpsPlacement;
import thalweg.transforms.ScaleByAdam;
import thalweg.transforms.ScaleByTrustRatio;

/** LAMB: Adam's direction and the decay, in every tensor as long as the parameter itself. */
@Described(
    value = "Adam with decay, its step scaled to the norm of each tensor, for very large batches",
    paper =
        "You et al. 2020, Large Batch Optimization for Deep Learning: Training BERT in 76 Minutes,"
            + " Algorithm 2",
    differs = {
      "the norm of the parameter is taken as it is, as in Optax; the paper lets a function phi"
          + " bound it",
      "a tensor whose own norm or whose direction's norm is 0 takes the direction unscaled, as in"
          + " Optax",
      "Optax has no default for lr; the one here is Adam's"
    })
public record Lamb(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay)
    implements Rule {
  public Lamb {
    Hyperparameters.check(Lamb.class, lr, beta1, beta2, eps, epsRoot, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static Lamb lr(double lr) {
    return Hyperparameters.standard(Lamb.class, lr);
  }

  public Lamb beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Lamb beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Lamb eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Lamb epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  public Lamb weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "lamb";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor d =
        s.enter(
            new ScaleByAdam(beta1, beta2, eps, false, EpsPlacement.OUTSIDE, true, epsRoot),
            gradient);
    d = s.enter(new AddDecayedWeights(weightDecay), d);
    d = s.enter(new ScaleByTrustRatio(0, 1, 0), d);
    return s.enter(new Descend(lr), d);
  }
}
