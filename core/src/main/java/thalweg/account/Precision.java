package thalweg.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Extent;
import thalweg.formula.State;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;

/**
 * How the numbers of a training run are stored.
 *
 * @param name what users call it
 * @param parameters the type of what is trained
 * @param gradients the type of the gradients
 * @param masters the type of the copies that updates are made on; null where they are made on the
 *     parameters
 * @param states the type of what is remembered for every element
 * @param own the type that the backend computes in: of what there is less of than elements, and of
 *     further gradients
 */
public record Precision(
    String name,
    NumberType parameters,
    NumberType gradients,
    @Nullable NumberType masters,
    NumberType states,
    NumberType own) {

  /** The precisions that have a name. */
  public static List<Precision> all() {
    return List.of(
        float32("fp32", NumberType.FLOAT32, null),
        float32("bf16-mixed", NumberType.BFLOAT16, NumberType.FLOAT32),
        float32("fp16-mixed", NumberType.FLOAT16, NumberType.FLOAT32),
        float32("bf16", NumberType.BFLOAT16, null));
  }

  private static Precision float32(
      String name, NumberType parameters, @Nullable NumberType masters) {
    NumberType own = NumberType.FLOAT32;
    return new Precision(name, parameters, parameters, masters, own, own);
  }

  /** The same with another type of states. */
  public Precision states(NumberType type) {
    return new Precision(name, parameters, gradients, masters, type, own);
  }

  /** The type that a state is stored in. */
  NumberType of(State state) {
    return typeOf(state, states, own);
  }

  /**
   * The type that a state is stored in.
   *
   * @param asked for states of elements; numbers of rows, columns and tensors are few, and much
   *     hangs on them
   * @param own that of the backend
   */
  public static NumberType typeOf(State state, NumberType asked, NumberType own) {
    if (state.extent() != Extent.ELEMENT || !asked.isLow()) {
      return own;
    }
    // one version for each term: blocks of 256 would not end where a version does
    return state.terms() > 0 && asked == NumberType.FLOAT8 ? NumberType.BFLOAT16 : asked;
  }

  /**
   * The first state that cannot be kept as asked: blocks of 8-bit numbers must not be cut, which a
   * plan does that goes row by row.
   */
  public static Optional<String> cut(Plan plan, NumberType asked) {
    for (Plan.Trip trip : plan.trips()) {
      for (Plan.Source source : trip.buffers()) {
        if (source instanceof Plan.Source.Remembered(int index) && trip.pass().strips()) {
          State state = plan.formula().states().get(index);
          if (typeOf(state, asked, NumberType.FLOAT32) == NumberType.FLOAT8) {
            return Optional.of(state.key());
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The type of what a step moves: the masters, where there are any. */
  NumberType moved() {
    return masters == null ? parameters : masters;
  }
}
