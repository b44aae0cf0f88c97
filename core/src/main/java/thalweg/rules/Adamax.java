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
import thalweg.transforms.ScaleByAdamax;

/** Adamax: Adam with a decaying maximum in place of the mean of squares. */
@Described(
    value = "Adam with the infinity norm: a decaying maximum of the gradient's size",
    paper = "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, Algorithm 2",
    differs = {
      "eps is added to |g| inside the maximum, as in PyTorch and Optax; the paper has none"
    })
public record Adamax(
    @Hyperparameter(value = "2e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Adamax {
    Hyperparameters.check(Adamax.class, lr, beta1, beta2, eps, weightDecay, maximize);
  }

  /** With this learning rate and every other default. */
  public static Adamax lr(double lr) {
    return Hyperparameters.standard(Adamax.class, lr);
  }

  public Adamax beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Adamax beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Adamax eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Adamax weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Adamax maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "adamax";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);

    return s.enter(new Descend(lr), s.enter(new ScaleByAdamax(beta1, beta2, eps), g));
  }
}
