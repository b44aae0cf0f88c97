package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;
import thalweg.transforms.Trace;

/**
 * Momentum as PyTorch spells it: {@code b ← μ b + g}, {@code θ ← θ − η b}. The rate stays outside
 * the buffer, so a new rate acts at once. The other spellings are {@link HeavyBall} and {@link
 * EmaMomentum}; they part when the rate moves.
 */
@Described(
    value = "momentum, the learning rate outside the buffer (PyTorch's spelling)",
    paper = "Polyak 1964; in this spelling Sutskever, Martens, Dahl and Hinton 2013",
    differs = {"the same as sgd with momentum; only the default of 0.9 is other"})
public record Momentum(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, inf)") double momentum)
    implements Rule {
  public Momentum {
    Hyperparameters.check(Momentum.class, lr, momentum);
  }

  /** With this learning rate and every other default. */
  public static Momentum lr(double lr) {
    return Hyperparameters.standard(Momentum.class, lr);
  }

  public Momentum momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  @Override
  public String name() {
    return "momentum";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return s.enter(new Descend(lr), s.enter(new Trace(momentum, 0, false), gradient));
  }
}
