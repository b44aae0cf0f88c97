package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;

/** Signum: every element moves by the whole rate, against the sign of its running mean. */
@Described(
    value = "the sign of a running mean of the gradient",
    paper =
        "Bernstein, Wang, Azizzadenesheli and Anandkumar 2018, signSGD: Compressed Optimisation for"
            + " Non-Convex Problems, Algorithm 2",
    differs = {
      "Optax has it as a chain, ema and sign, without default for lr; the one here is a choice of"
          + " its own"
    })
public record Signum(
    @Hyperparameter(value = "1e-4", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double momentum)
    implements Rule {
  public Signum {
    Hyperparameters.check(Signum.class, lr, momentum);
  }

  /** With this learning rate and every other default. */
  public static Signum lr(double lr) {
    return Hyperparameters.standard(Signum.class, lr);
  }

  public Signum momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  @Override
  public String name() {
    return "signum";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor m = s.ema("momentum_buffer", "m", gradient, s.hyper("momentum", momentum));
    return s.enter(new Descend(lr), m.sign());
  }
}
