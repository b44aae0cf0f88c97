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
import thalweg.transforms.Trace;

/** Stochastic gradient descent, with PyTorch's momentum when {@code momentum} is not 0. */
@Described(
    value = "stochastic gradient descent, with momentum and Nesterov's rewriting as options",
    paper =
        "Robbins and Monro 1951; momentum: Polyak 1964; Nesterov: Sutskever et al. 2013, section 2",
    differs = {
      "only t = 1 leaves the gradient undampened; PyTorch does so whenever a buffer is new, as when"
          + " momentum is raised from 0 in mid-training"
    })
public record Sgd(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0", range = "[0, inf)") double momentum,
    @Hyperparameter(value = "0", range = "(-inf, inf)") double dampening,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean nesterov,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Sgd {
    Hyperparameters.check(Sgd.class, lr, momentum, dampening, weightDecay, nesterov, maximize);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "sgd.nesterov needs momentum > 0 and dampening = 0, got momentum %s, dampening %s"
              .formatted(momentum, dampening));
    }
  }

  /** With this learning rate and every other default. */
  public static Sgd lr(double lr) {
    return Hyperparameters.standard(Sgd.class, lr);
  }

  public Sgd momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  public Sgd dampening(double value) {
    return Hyperparameters.with(this, "dampening", value);
  }

  public Sgd weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Sgd nesterov(boolean value) {
    return Hyperparameters.with(this, "nesterov", value);
  }

  public Sgd maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);

    if (momentum != 0) {
      g = s.enter(new Trace(momentum, dampening, nesterov), g);
    }
    return s.enter(new Descend(lr), g);
  }
}
