package thalweg.formula;

import org.jspecify.annotations.Nullable;

/**
 * One line of a formula: {@code symbol ← value}. Later lines refer to it by {@link Scalar.Ref} or
 * {@link Tensor.Ref}.
 *
 * @param value what is written; for a gradient, the point at which it is taken
 * @param target what is written: an intermediate result, a state, or the parameter itself
 * @param state the state that takes the value, for {@link Target#STATE}
 * @param open where this is 0 the line is not carried out and what it writes stays as it was; null
 *     where it always is
 */
public record Assignment(
    String symbol, Expr value, Target target, @Nullable Remembered state, @Nullable Scalar open) {
  /** What a line writes. */
  public enum Target {
    LOCAL,
    STATE,
    PARAMETER,
    /** Where the gradient is taken that the whole formula is about, if not at the parameter. */
    LOOK_AHEAD,
    /** One more gradient of the same terms, at another point; see {@link Tensor.Also}. */
    GRADIENT,
    /** The mean gradient of all terms of a finite sum; see {@link Tensor.Also}. */
    FULL_GRADIENT;

    /** Whether a gradient has to be computed for it before the update. */
    public boolean isEvaluation() {
      return this == LOOK_AHEAD || this == GRADIENT || this == FULL_GRADIENT;
    }
  }
}
