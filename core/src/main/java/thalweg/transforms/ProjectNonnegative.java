package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Projects the parameter onto the numbers that are not negative, after the descent: {@code θ ←
 * max(θ, 0)}. −0 becomes +0; NaN stays NaN.
 */
@Described(
    value = "after the descent: sets every negative element of the parameter to 0",
    paper =
        "Goldstein 1964, Convex Programming in Hilbert Space; Levitin and Polyak 1966,"
            + " Constrained Minimization Methods")
public record ProjectNonnegative() implements Transformation {
  @Override
  public String name() {
    return "project_nonnegative";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    s.move(s.moved().max(Scalar.ZERO));
    return d;
  }
}
