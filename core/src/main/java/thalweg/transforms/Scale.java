package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Multiplies the direction by a number. Below zero, the descent climbs. */
@Described(
    value = "multiplies the direction by factor",
    paper = "Optax, scale",
    differs = {
      "Optax's chains end in scale(-lr); here descend(lr) subtracts, so the factor has no minus"
    })
public record Scale(@Hyperparameter double factor) implements Transformation {
  public Scale {
    Hyperparameters.check(Scale.class, factor);
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", g.times(s.hyper("factor", factor)));
  }
}
