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
import thalweg.transforms.ScaleByNadam;

/** NAdam: Adam with Nesterov momentum, which warms up. */
@Described(
    value = "Adam with Nesterov momentum",
    paper = "Dozat 2016, Incorporating Nesterov Momentum into Adam; in this form torch.optim.NAdam",
    differs = {
      "PyTorch's momentum schedule, in which 0.96 is fixed; Optax' nadam has constant momentum"
    })
public record NAdam(
    @Hyperparameter(value = "2e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter(value = "4e-3", range = "[0, inf)") double momentumDecay,
    @Hyperparameter("false") boolean decoupledWeightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public NAdam {
    Hyperparameters.check(
        NAdam.class,
        lr,
        beta1,
        beta2,
        eps,
        weightDecay,
        momentumDecay,
        decoupledWeightDecay,
        maximize);
  }

  /** With this learning rate and every other default. */
  public static NAdam lr(double lr) {
    return Hyperparameters.standard(NAdam.class, lr);
  }

  public NAdam beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public NAdam beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public NAdam eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public NAdam weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public NAdam momentumDecay(double value) {
    return Hyperparameters.with(this, "momentum_decay", value);
  }

  public NAdam decoupledWeightDecay(boolean value) {
    return Hyperparameters.with(this, "decoupled_weight_decay", value);
  }

  public NAdam maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "nadam";
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

    g = s.enter(new ScaleByNadam(beta1, beta2, eps, momentumDecay), g);
    return s.enter(new Descend(lr), g);
  }
}
