package thalweg.execute;

import thalweg.memory.NumberType;

/** Carries out the updates of one parameter group. */
public interface Engine {
  /** How states are stored. */
  NumberType stateType();

  /** Whether it can work on values of this type. */
  boolean takes(NumberType type);

  /**
   * Prepares the next step: all that allocates, compiles or can fail.
   *
   * @param rebound whether memory has moved, or gradients came or went, since the last call
   */
  void bind(boolean rebound);

  /**
   * Updates every member that has a gradient; their t has been advanced already, and {@link #bind}
   * was called.
   *
   * @param hypers values of the formula's hyperparameters, in its order
   */
  void step(double[] hypers);
}
