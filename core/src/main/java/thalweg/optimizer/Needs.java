package thalweg.optimizer;

import thalweg.formula.Formula;

/** What the rules of an optimizer need to be given at a step. */
public enum Needs {
  /** The gradients, computed before: {@link Optimizer#step()}. */
  GRADIENTS,
  /** A way to compute them elsewhere: {@link Optimizer#step(java.util.function.DoubleSupplier)}. */
  CLOSURE,
  /** The terms of the loss: {@link Optimizer#step(FiniteSum, int...)}. */
  TERMS;

  /** What an update by this formula has to be given. */
  public static Needs of(Formula formula) {
    if (formula.needsTerms()) {
      return TERMS;
    }
    return formula.evaluations().isEmpty() ? GRADIENTS : CLOSURE;
  }
}
