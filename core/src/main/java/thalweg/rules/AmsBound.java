package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/** AMSBound: {@link AdaBound} over the largest mean of squares so far. */
@Described(
    value = "AdaBound whose second moment never falls",
    paper =
        "Luo, Xiong, Liu and Sun 2019, Adaptive Gradient Methods with Dynamic Bound of Learning"
            + " Rate, Algorithm 3",
    differs = {
      "final_lr scales with lr / base_lr, as in the authors' program; base_lr is the configured lr,"
          + " the base of its schedule where it has one, and the first lr above 0 where that is 0",
      "the rates are bias-corrected as in Adam and are not divided by the root of t, as in the"
          + " authors' program; the paper does the reverse",
      "1e-15 is added under the root, as in pytorch_optimizer, which the recordings are of; the"
          + " authors' program adds nothing there",
      "weight_decay is L2, as in the authors' program",
      "the maximum is taken of the uncorrected v, as in the authors' program"
    })
public record AmsBound(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "0.1", range = "[0, inf)") double finalLr,
    @Hyperparameter(value = "1e-3", range = "[0, 1)") double gamma,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay)
    implements Rule {
  public AmsBound {
    Hyperparameters.check(AmsBound.class, lr, beta1, beta2, finalLr, gamma, eps, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static AmsBound lr(double lr) {
    return Hyperparameters.standard(AmsBound.class, lr);
  }

  public AmsBound beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public AmsBound beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public AmsBound finalLr(double value) {
    return Hyperparameters.with(this, "final_lr", value);
  }

  public AmsBound gamma(double value) {
    return Hyperparameters.with(this, "gamma", value);
  }

  public AmsBound eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public AmsBound weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "amsbound";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return new AdaBound(lr, beta1, beta2, finalLr, gamma, eps, weightDecay)
        .descend(gradient, true, s);
  }
}
