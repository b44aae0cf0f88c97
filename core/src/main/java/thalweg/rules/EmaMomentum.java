package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;

/**
 * Momentum as a running mean: {@code m ← β m + (1 − β) g}, {@code θ ← θ − η m}. Its steps are
 * {@code 1 − β} times those of the other spellings at the same rate.
 */
@Described(
    value = "momentum as a running mean of the gradient",
    paper = "Kingma and Ba 2015, section 2 (the first moment, without bias correction)",
    differs = {"at the same lr its steps are (1 - momentum) times PyTorch's"})
public record EmaMomentum(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double momentum)
    implements Rule {
  public EmaMomentum {
    Hyperparameters.check(EmaMomentum.class, lr, momentum);
  }

  /** With this learning rate and every other default. */
  public static EmaMomentum lr(double lr) {
    return Hyperparameters.standard(EmaMomentum.class, lr);
  }

  public EmaMomentum momentum(double value) {
    return Hyperparameters.with(this, "momentum", value);
  }

  @Override
  public String name() {
    return "ema_momentum";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor m = s.ema("momentum_buffer", "m", gradient, s.hyper("momentum", momentum));
    return s.enter(new Descend(lr), m);
  }
}
