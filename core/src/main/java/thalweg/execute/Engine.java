package thalweg.execute;

import thalweg.memory.NumberType;

/** Carries out the updates of one parameter group. */
public interface Engine {
  /** How states are stored. */
  NumberType stateType();

  /** Whether it can work on values of this type. */
  boolean takes(NumberType type);

  /**
   * Updates every member that has a gradient; their t has been advanced already.
   *
   * @param hypers values of the formula's hyperparameters, in its order
   * @param rebound whether memory has moved, or gradients came or went, since the last call
   */
  void step(double[] hypers, boolean rebound);
}
