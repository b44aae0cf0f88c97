package thalweg.rules;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.Negate;

/**
 * Averaged SGD: plain descent with a falling rate, and beside it the mean of all parameters since
 * {@code t0}, kept as state {@code ax}.
 */
@Described(
    value = "gradient descent with a falling rate; keeps the average of the parameters beside it",
    paper =
        "Polyak and Juditsky 1992, Acceleration of Stochastic Approximation by Averaging; in this"
            + " form Bottou, and torch.optim.ASGD",
    differs = {
      "the rate and the weight of the average lag one update behind t, as in PyTorch",
      "a new lr acts one update later, as in PyTorch",
      "the parameter itself is not averaged: the mean is in the state ax"
    })
public record Asgd(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "1e-4", range = "[0, inf)") double lambd,
    @Hyperparameter(value = "0.75", range = "[0, inf)") double alpha,
    @Hyperparameter(value = "1e6", range = "[0, inf)") double t0,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Asgd {
    Hyperparameters.check(Asgd.class, lr, lambd, alpha, t0, weightDecay, maximize);
  }

  /** With this learning rate and every other default. */
  public static Asgd lr(double lr) {
    return Hyperparameters.standard(Asgd.class, lr);
  }

  public Asgd lambd(double value) {
    return Hyperparameters.with(this, "lambd", value);
  }

  public Asgd alpha(double value) {
    return Hyperparameters.with(this, "alpha", value);
  }

  public Asgd t0(double value) {
    return Hyperparameters.with(this, "t0", value);
  }

  public Asgd weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Asgd maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "asgd";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new AddDecayedWeights(weightDecay), g);

    Scalar rate = s.hyper("lr", lr);
    Scalar shrink = s.hyper("lambd", lambd);
    ScalarState eta = s.number("eta", "r", 0);
    Scalar now = s.let("γ", s.t().is(Comparison.EQUAL, Scalar.ONE).choose(rate, eta.old()));
    s.decayBeforeDescent(shrink);
    Tensor spent = s.descend(g, now);

    ScalarState weight = s.number("mu", "μ", 1);
    State mean = s.state("ax", "a", 0);
    Tensor moved = s.parameter().minus(mean.old()).times(weight.old());
    mean.becomes(
        weight
            .old()
            .is(Comparison.EQUAL, Scalar.ONE)
            .choose(s.parameter(), mean.old().plus(moved)));

    Scalar time = Scalar.ONE.plus(shrink.times(rate).times(s.t()));
    eta.becomes(rate.over(time.pow(s.hyper("alpha", alpha))));
    weight.becomes(Scalar.ONE.over(s.t().minus(s.hyper("t0", t0)).max(Scalar.ONE)));
    return spent;
  }
}
