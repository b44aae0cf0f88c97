package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByRadam;

/** RAdam: Adam that holds back its rates until it can know them. */
@Described(
    value = "Adam with a rectified start in place of a warm-up",
    paper =
        "Liu et al. 2020, On the Variance of the Adaptive Learning Rate and Beyond, Algorithm 2",
    differs = {
      "rectified where rho_t > 5, as in PyTorch and Optax; the paper has 4",
      "eps is added to the root of the uncorrected v, as in PyTorch; Optax adds it to that of the"
          + " corrected one"
    })
public record RAdam(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean decoupledWeightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public RAdam {
    Hyperparameters.check(
        RAdam.class, lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
  }

  /** With this learning rate and every other default. */
  public static RAdam lr(double lr) {
    return Hyperparameters.standard(RAdam.class, lr);
  }

  public RAdam beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public RAdam beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public RAdam eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public RAdam weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public RAdam decoupledWeightDecay(boolean value) {
    return Hyperparameters.with(this, "decoupled_weight_decay", value);
  }

  public RAdam maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "radam";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g =
        s.enter(
            decoupledWeightDecay
                ? new DecayWeights(weightDecay)
                : new AddDecayedWeights(weightDecay),
            g);

    return s.enter(new Descend(lr), s.enter(new ScaleByRadam(beta1, beta2, eps), g));
  }
}
