package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Lets a step pass only if every element of every tensor of the group is finite. At other steps all
 * that follows rests: parameters, states and their t, as if the step had not been.
 */
@Described(
    value = "drops a step whose direction has an infinite or NaN element anywhere",
    paper =
        "Micikevicius et al. 2018, Mixed Precision Training, section 3.2; Optax apply_if_finite",
    differs = {
      "Optax's apply_if_finite gives up after a number of such steps in a row; this one does not"
    })
public record SkipNonfinite() implements Transformation {
  @Override
  public String name() {
    return "skip_nonfinite";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    // x − x is 0 for a finite number and NaN for any other; a sum could overflow, this cannot
    Scalar finite =
        s.let(
            "finite",
            g.minus(g).abs().largest(Scope.MODEL).is(Comparison.LESS_OR_EQUAL, Scalar.ZERO));
    s.onlyWhen(finite);
    return g;
  }
}
