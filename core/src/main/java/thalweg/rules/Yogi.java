package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;
import thalweg.transforms.ScaleByYogi;

/** Yogi: Adam whose rates do not jump up where gradients have become small. */
@Described(
    value = "Adam with an additive second moment: rates rise slowly",
    paper = "Zaheer et al. 2018, Adaptive Methods for Nonconvex Optimization, Algorithm 2",
    differs = {
      "both means start at initial_accumulator_value and are bias-corrected, as in Optax; the paper"
          + " corrects neither",
      "Optax has no default for lr; the one here is the paper's"
    })
public record Yogi(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double initialAccumulatorValue)
    implements Rule {
  public Yogi {
    Hyperparameters.check(Yogi.class, lr, beta1, beta2, eps, epsRoot, initialAccumulatorValue);
  }

  /** With this learning rate and every other default. */
  public static Yogi lr(double lr) {
    return Hyperparameters.standard(Yogi.class, lr);
  }

  public Yogi beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Yogi beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Yogi eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Yogi epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  public Yogi initialAccumulatorValue(double value) {
    return Hyperparameters.with(this, "initial_accumulator_value", value);
  }

  @Override
  public String name() {
    return "yogi";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return s.enter(
        new Descend(lr),
        s.enter(new ScaleByYogi(beta1, beta2, eps, epsRoot, initialAccumulatorValue), gradient));
  }
}
