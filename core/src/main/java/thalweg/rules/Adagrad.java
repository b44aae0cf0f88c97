package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByRss;

/** Adagrad: every element's rate falls with the squares of all its gradients so far. */
@Described(
    value = "adaptive rates from the sum of all squared gradients",
    paper = "Duchi, Hazan and Singer 2011, Adaptive Subgradient Methods, Figure 1 (diagonal)")
public record Adagrad(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0", range = "[0, inf)") double lrDecay,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter(value = "0", range = "[0, inf)") double initialAccumulatorValue,
    @Hyperparameter(value = "1e-10", range = "[0, inf)") double eps,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Adagrad {
    Hyperparameters.check(
        Adagrad.class, lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
  }

  /** With this learning rate and every other default. */
  public static Adagrad lr(double lr) {
    return Hyperparameters.standard(Adagrad.class, lr);
  }

  public Adagrad lrDecay(double value) {
    return Hyperparameters.with(this, "lr_decay", value);
  }

  public Adagrad weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Adagrad initialAccumulatorValue(double value) {
    return Hyperparameters.with(this, "initial_accumulator_value", value);
  }

  public Adagrad eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Adagrad maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);

    g = s.enter(new ScaleByRss(initialAccumulatorValue, eps), g);
    Scalar rate = s.hyper("lr", lr);
    if (lrDecay != 0) {
      Scalar updatesBefore = s.t().minus(Scalar.ONE);
      rate = rate.over(Scalar.ONE.plus(updatesBefore.times(s.hyper("lr_decay", lrDecay))));
    }
    return s.descend(g, rate);
  }
}
