package thalweg.optimizer;

/** What the rules of an optimizer need to be given at a step. */
public enum Needs {
  /** The gradients, computed before: {@link Optimizer#step()}. */
  GRADIENTS,
  /** A way to compute them elsewhere: {@link Optimizer#step(java.util.function.DoubleSupplier)}. */
  CLOSURE,
  /** The terms of the loss: {@link Optimizer#step(FiniteSum, int...)}. */
  TERMS
}
