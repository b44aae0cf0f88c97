package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Replaces the direction by its running mean, started at zero and not corrected for that. */
@Described(
    value = "replaces the direction by its running mean, started at zero",
    paper = "Optax, ema with debias=False")
public record Ema(@Hyperparameter(value = "0.9", range = "[0, 1)") double decay)
    implements Transformation {
  public Ema {
    Hyperparameters.check(Ema.class, decay);
  }

  @Override
  public String name() {
    return "ema";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.ema("ema", "m", g, s.hyper("decay", decay));
  }
}
