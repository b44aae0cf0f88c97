package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.ScaleByLion;

/** Lion: every element moves by the whole rate, in the direction of a sign. */
@Described(
    value = "the sign of the gradient interpolated with its running mean",
    paper = "Chen et al. 2023, Symbolic Discovery of Optimization Algorithms, Algorithm 2",
    differs = {
      "Optax has no default for lr; the one here is that of the authors' program",
      "weight_decay is 1e-3 by default as in Optax; the authors' program has 0"
    })
public record Lion(
    @Hyperparameter(value = "1e-4", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.99", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double weightDecay)
    implements Rule {
  public Lion {
    Hyperparameters.check(Lion.class, lr, beta1, beta2, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static Lion lr(double lr) {
    return Hyperparameters.standard(Lion.class, lr);
  }

  public Lion beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Lion beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Lion weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "lion";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor d = s.enter(new ScaleByLion(beta1, beta2), gradient);
    d = s.enter(new DecayWeights(weightDecay), d);
    return s.enter(new Descend(lr), d);
  }
}
