package thalweg.account;

/** What a line of the {@link MemoryAccount} is about. */
public enum Part {
  /** What is trained. */
  PARAMETERS,

  /** The gradients that a step is given. */
  GRADIENTS,

  /** Copies of short parameters in full precision, which the updates are made on. */
  MASTERS,

  /** What the rule remembers. */
  STATE,

  /**
   * What a step needs on its way: the same memory at every step, and nothing in it outlives one.
   */
  WORKING;

  /** Whether the optimizer holds it; parameters and gradients it is given. */
  public boolean isOfOptimizer() {
    return this != PARAMETERS && this != GRADIENTS;
  }
}
