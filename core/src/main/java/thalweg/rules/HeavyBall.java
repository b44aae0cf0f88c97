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
 * Momentum as Polyak spells it: {@code v ← γ v + η g}, {@code θ ← θ − v}. The rate is folded into
 * the velocity, so after a change of rate the old velocity still moves at the old one.
 */
@Described(
    value = "momentum, the learning rate inside the velocity (Polyak's spelling)",
    paper =
        "Polyak 1964, Some Methods of Speeding up the Convergence of Iteration Methods, equation 9",
    differs = {
      "equal to PyTorch's momentum while lr is constant; a change of lr reaches the velocity slowly"
    })
public record HeavyBall(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, inf)") double momentum)
    implements Rule {
  public HeavyBall {
    Hyperparameters.check(HeavyBall.class, lr, momentum);
  }

  /** With this learning rate and every other default. */
  public static HeavyBall lr(double lr) {
    return Hyperparameters.standard(HeavyBall.class, lr);
  }

  public HeavyBall momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  @Override
  public String name() {
    return "heavy_ball";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Scalar eta = s.hyper("lr", lr);
    Scalar gamma = s.hyper("momentum", momentum);
    State velocity = s.state("velocity", "u", 0);
    Tensor v = velocity.becomes(velocity.old().times(gamma).plus(gradient.times(eta)));
    return s.descendBy(v, eta);
  }
}
