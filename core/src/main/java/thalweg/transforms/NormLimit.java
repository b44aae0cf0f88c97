package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/** The one formula that keeps a Euclidean norm within a limit. */
final class NormLimit {
  private NormLimit() {}

  /** The tensor, scaled by {@code limit / norm} unless its norm is below the limit. */
  static Tensor of(Tensor x, Scalar limit, Scope scope, Step s) {
    Scalar norm = s.let("n", x.norm(scope));
    Scalar scale = norm.choose(Comparison.LESS, limit, Scalar.ONE, limit.over(norm));
    return x.times(scale);
  }
}
