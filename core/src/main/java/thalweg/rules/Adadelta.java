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
import thalweg.transforms.ScaleByAdadelta;

/** Adadelta: steps in units of past steps, so that the rate has none. */
@Described(
    value = "adaptive rates in units of past updates",
    paper = "Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method, Algorithm 1",
    differs = {"lr scales the update, as in PyTorch; the paper has none (1.0)"})
public record Adadelta(
    @Hyperparameter(value = "1.0", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double rho,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Adadelta {
    Hyperparameters.check(Adadelta.class, lr, rho, eps, weightDecay, maximize);
  }

  /** With this learning rate and every other default. */
  public static Adadelta lr(double lr) {
    return Hyperparameters.standard(Adadelta.class, lr);
  }

  public Adadelta rho(double value) {
    return Hyperparameters.with(this, "rho", value);
  }

  public Adadelta eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Adadelta weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Adadelta maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "adadelta";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);
    return s.enter(new Descend(lr), s.enter(new ScaleByAdadelta(rho, eps), g));
  }
}
