package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByRms;
import thalweg.transforms.Trace;

/** RMSProp: the gradient over the root of a running mean of its square. */
@Described(
    value = "adaptive rates from a running mean of squared gradients",
    paper = "Tieleman and Hinton 2012, Lecture 6.5 - RMSProp; centered: Graves 2013, equation 38",
    differs = {"centered: the variance is kept at or above 0, where PyTorch and Optax give NaN"})
public record RmsProp(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.99", range = "[0, 1)") double alpha,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter(value = "0", range = "[0, inf)") double momentum,
    @Hyperparameter("false") boolean centered,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public RmsProp {
    Hyperparameters.check(RmsProp.class, lr, alpha, eps, weightDecay, momentum, centered, maximize);
  }

  /** With this learning rate and every other default. */
  public static RmsProp lr(double lr) {
    return Hyperparameters.standard(RmsProp.class, lr);
  }

  public RmsProp alpha(double value) {
    return Hyperparameters.with(this, "alpha", value);
  }

  public RmsProp eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public RmsProp weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public RmsProp momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  public RmsProp centered(boolean value) {
    return Hyperparameters.with(this, "centered", value);
  }

  public RmsProp maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);

    g = s.enter(new ScaleByRms(alpha, eps, centered), g);
    if (momentum != 0) {
      g = s.enter(new Trace(momentum, 0, false), g);
    }
    return s.enter(new Descend(lr), g);
  }
}
