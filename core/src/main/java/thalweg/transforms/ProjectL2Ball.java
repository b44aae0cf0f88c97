package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Projects each tensor onto the Euclidean ball around 0, after the descent: {@code θ ← θ · r / ‖θ‖}
 * where the norm is not below {@code r}. What lies inside is left alone, bit for bit; what was
 * outside has the radius as its norm up to float32 rounding. One NaN makes its whole tensor NaN.
 */
@Described(
    value = "after the descent: scales each tensor so that its norm is at most radius",
    paper =
        "Goldstein 1964, Convex Programming in Hilbert Space; Levitin and Polyak 1966,"
            + " Constrained Minimization Methods")
public record ProjectL2Ball(@Hyperparameter(range = "(0, inf)") double radius)
    implements Transformation {
  public ProjectL2Ball {
    Hyperparameters.check(ProjectL2Ball.class, radius);
  }

  @Override
  public String name() {
    return "project_l2_ball";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    s.move(NormLimit.of(s.moved(), s.hyper("radius", radius), Scope.TENSOR, s));
    return d;
  }
}
