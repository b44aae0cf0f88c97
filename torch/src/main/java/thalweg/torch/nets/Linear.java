package thalweg.torch.nets;

import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * One linear layer, {@code output}: with squared error linear regression, with cross entropy
 * logistic regression. Takes any dense form, flat, and sparse vectors.
 */
public record Linear(
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public Linear {
    Hyperparameters.check(Linear.class, init, gain);
  }

  /** With every default. */
  public static Linear standard() {
    return Hyperparameters.standard(Linear.class);
  }

  public Linear init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public Linear gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
