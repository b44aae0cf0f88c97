package thalweg.formula;

/**
 * A piece of mathematics: one number an update ({@link Scalar}) or one number an element ({@link
 * Tensor}). The two are different Java types, so a formula that mixes them up does not compile.
 *
 * <p>Expressions share sub-expressions by reference and may be deep; walk them with a memo keyed on
 * identity, never with {@code equals} or {@code hashCode}.
 */
public sealed interface Expr permits Scalar, Tensor {}
