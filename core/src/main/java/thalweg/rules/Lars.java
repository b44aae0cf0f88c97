package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.ScaleByTrustRatio;
import thalweg.transforms.Trace;

/** LARS: momentum over gradients that every tensor scales to its own size. */
@Described(
    value = "momentum over gradients scaled to the norm of each tensor, for very large batches",
    paper =
        "You, Gitman and Ginsburg 2017, Large Batch Training of Convolutional Networks, Algorithm"
            + " 1",
    differs = {
      "the ratio divides by the norm of gradient + weight_decay * θ, as in Optax; the paper by the"
          + " sum of the two norms",
      "lr is inside the momentum, as in Optax and the paper, so a change of lr reaches the velocity"
          + " slowly; PyTorch's momentum has it outside",
      "a tensor whose own norm or whose direction's norm is 0 takes the direction unscaled, as in"
          + " Optax",
      "Optax has no default for lr; the one here is a choice of its own: trust_coefficient makes"
          + " the steps small"
    })
public record Lars(
    @Hyperparameter(value = "1", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double trustCoefficient,
    @Hyperparameter(value = "0", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double momentum,
    @Hyperparameter("false") boolean nesterov)
    implements Rule {
  public Lars {
    Hyperparameters.check(Lars.class, lr, weightDecay, trustCoefficient, eps, momentum, nesterov);
  }

  /** With this learning rate and every other default. */
  public static Lars lr(double lr) {
    return Hyperparameters.standard(Lars.class, lr);
  }

  public Lars weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Lars trustCoefficient(double value) {
    return Hyperparameters.with(this, "trust_coefficient", value);
  }

  public Lars eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Lars momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  public Lars nesterov(boolean value) {
    return Hyperparameters.with(this, "nesterov", value);
  }

  @Override
  public String name() {
    return "lars";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor d = s.enter(new AddDecayedWeights(weightDecay), gradient);
    Scalar eta = s.hyper("lr", lr);
    d = s.enter(new ScaleByTrustRatio(0, trustCoefficient, eps), d).times(eta);
    return s.descendBy(momentum == 0 ? d : s.enter(new Trace(momentum, 0, nesterov), d), eta);
  }
}
