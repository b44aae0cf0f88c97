package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Replaces the direction by its running mean, started at zero; with {@code debias}, divided by
 * {@code 1 − decayᵗ}, which takes the zero out again. The mean that is remembered is never divided.
 */
@Described(
    value = "replaces the direction by its running mean, started at zero",
    paper = "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, section 3 (debias)",
    differs = {"Optax's ema has debias=True as its default, and no default decay"})
public record Ema(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double decay,
    @Hyperparameter("false") boolean debias)
    implements Transformation {
  public Ema {
    Hyperparameters.check(Ema.class, decay, debias);
  }

  /** Without the correction for the start at zero. */
  public Ema(double decay) {
    this(decay, false);
  }

  @Override
  public String name() {
    return "ema";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar beta = s.hyper("decay", decay);
    Tensor mean = s.ema("ema", "m", g, beta);
    return debias ? s.let("m̂", s.unbias(mean, beta)) : mean;
  }
}
