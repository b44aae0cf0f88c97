package thalweg.optimizer;

import thalweg.account.Precision;
import thalweg.formula.State;
import thalweg.memory.NumberType;

/**
 * How an optimizer keeps its numbers: a property of memory, and of no rule. All arithmetic is the
 * backend's, whatever the storage.
 *
 * @param states the type of states that have one number for each element; numbers of rows, columns
 *     and tensors always have the backend's own
 * @param masters whether parameters of 16 bits have a float32 copy that is updated in their place,
 *     as in mixed precision; without, they are rounded by chance
 * @param seed of all rounding by chance
 */
public record Storage(NumberType states, boolean masters, long seed) {
  /** Nothing shorter than float32, and masters for parameters that are. */
  public static final Storage FULL = new Storage(NumberType.FLOAT32, true, 0);

  public Storage {
    if (states != NumberType.FLOAT32 && !states.isLow() || states == NumberType.FLOAT16) {
      throw new IllegalArgumentException(
          "states are kept in FLOAT32, BFLOAT16 or FLOAT8, got "
              + states
              + (states == NumberType.FLOAT16
                  ? "; squares of gradients leave its range, take BFLOAT16"
                  : ""));
    }
  }

  /**
   * The type that a state is kept in.
   *
   * @param usual the backend's own
   */
  public NumberType typeOf(State state, NumberType usual) {
    return Precision.typeOf(state, states, usual);
  }

  /** Whether parameters of a type have a master. */
  public boolean hasMaster(NumberType parameters) {
    return masters && parameters.isLow();
  }
}
