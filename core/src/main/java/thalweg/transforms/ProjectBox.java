package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Projects the parameter onto a box, after the descent: {@code θ ← min(max(θ, lower), upper)}. An
 * end may be infinite, which leaves that side open; NaN stays NaN.
 */
@Described(
    value = "after the descent: limits every element of the parameter to [lower, upper]",
    paper =
        "Goldstein 1964, Convex Programming in Hilbert Space; Levitin and Polyak 1966,"
            + " Constrained Minimization Methods")
public record ProjectBox(
    @Hyperparameter(range = "[-inf, inf)") double lower,
    @Hyperparameter(range = "(-inf, inf]") double upper)
    implements Transformation {
  public ProjectBox {
    Hyperparameters.check(ProjectBox.class, lower, upper);
    if (lower > upper) {
      throw new IllegalArgumentException(
          "project_box.lower must be at most project_box.upper, got %s and %s; exchange them"
              .formatted(lower, upper));
    }
  }

  @Override
  public String name() {
    return "project_box";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    s.move(s.moved().clamp(s.hyper("lower", lower), s.hyper("upper", upper)));
    return d;
  }
}
