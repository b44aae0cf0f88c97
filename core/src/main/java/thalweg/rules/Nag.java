package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/**
 * Nesterov's accelerated gradient as it was meant: the gradient is taken where the velocity is
 * about to carry the parameter. Takes a closure: {@code optimizer.step(closure)}.
 */
@Described(
    value = "momentum with the gradient taken at the point that the velocity leads to",
    paper =
        "Nesterov 1983, A Method for Solving the Convex Programming Problem with Convergence Rate"
            + " O(1/k²); in this form Sutskever, Martens, Dahl and Hinton 2013, equations 3 and 4",
    differs = {
      "sgd(nesterov) is the usual rewriting without a second point: its parameter is this one's"
          + " look-ahead point, while lr and momentum stay as they are"
    })
public record Nag(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, inf)") double momentum)
    implements Rule {
  public Nag {
    Hyperparameters.check(Nag.class, lr, momentum);
  }

  /** With this learning rate and every other default. */
  public static Nag lr(double lr) {
    return Hyperparameters.standard(Nag.class, lr);
  }

  public Nag momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  @Override
  public String name() {
    return "nag";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Scalar eta = s.hyper("lr", lr);
    Scalar mu = s.hyper("momentum", momentum);
    State velocity = s.state("velocity", "u", 0);
    s.lookAhead(s.parameter().minus(velocity.old().times(mu)));
    Tensor next = velocity.becomes(velocity.old().times(mu).plus(gradient.times(eta)));
    return s.descendBy(next, eta);
  }
}
