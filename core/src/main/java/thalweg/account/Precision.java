package thalweg.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Extent;
import thalweg.formula.State;
import thalweg.memory.NumberType;

/**
 * How the numbers of a training run are stored.
 *
 * @param name what users call it
 * @param parameters the type of what is trained
 * @param gradients the type of the gradients
 * @param masters the type of the copies that updates are made on; null where they are made on the
 *     parameters
 * @param states the type of what is remembered for every element
 */
public record Precision(
    String name,
    NumberType parameters,
    NumberType gradients,
    @Nullable NumberType masters,
    NumberType states) {

  /** The precisions that have a name. */
  public static List<Precision> all() {
    return List.of(
        same("fp32", NumberType.FLOAT32),
        mixed("bf16-mixed", NumberType.BFLOAT16),
        mixed("fp16-mixed", NumberType.FLOAT16),
        same("bf16", NumberType.BFLOAT16));
  }

  /** Everything but the states in one type, and the states in float32, or float64 if that is it. */
  public static Precision same(String name, NumberType type) {
    NumberType states =
        type == NumberType.FLOAT64 ? NumberType.FLOAT64 : NumberType.FLOAT32;
    return new Precision(name, type, type, null, states);
  }

  private static Precision mixed(String name, NumberType low) {
    return new Precision(name, low, low, NumberType.FLOAT32, NumberType.FLOAT32);
  }

  /** The same with another type of states. */
  public Precision states(NumberType type) {
    return new Precision(name, parameters, gradients, masters, type);
  }

  /**
   * The type a state is stored in. What there is less of than elements stays in float32 where
   * states are shorter: it is little, and much hangs on it.
   */
  public NumberType of(State state) {
    return states.isLow() && state.extent() != Extent.ELEMENT ? NumberType.FLOAT32 : states;
  }
}
