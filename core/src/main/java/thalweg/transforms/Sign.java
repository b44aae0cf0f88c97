package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Keeps the sign of every element: −1, ±0 or 1; NaN stays NaN. */
@Described(
    value = "replaces every element of the direction by its sign",
    paper =
        "Bernstein, Wang, Azizzadenesheli and Anandkumar 2018, signSGD: Compressed Optimisation for"
            + " Non-Convex Problems, Algorithm 1")
public record Sign() implements Transformation {
  @Override
  public String name() {
    return "sign";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", g.sign());
  }
}
