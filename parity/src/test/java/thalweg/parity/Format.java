package thalweg.parity;

import java.util.ArrayList;
import java.util.List;
import thalweg.memory.NumberType;
import thalweg.optimizer.Storage;

/**
 * A type of parameters and how an optimizer keeps its numbers.
 *
 * @param gradients their own type, or float32
 */
record Format(NumberType parameters, NumberType gradients, Storage storage) {
  /** Every one with something shorter than float32. */
  static List<Format> all() {
    List<Format> formats = new ArrayList<>();
    for (NumberType states :
        new NumberType[] {NumberType.FLOAT32, NumberType.BFLOAT16, NumberType.FLOAT8}) {
      Storage mastered = new Storage(states, true, 7);
      if (states != NumberType.FLOAT32) {
        formats.add(new Format(NumberType.FLOAT32, NumberType.FLOAT32, mastered));
      }
      formats.add(new Format(NumberType.BFLOAT16, NumberType.BFLOAT16, mastered));
      formats.add(
          new Format(NumberType.BFLOAT16, NumberType.BFLOAT16, new Storage(states, false, 7)));
      formats.add(
          new Format(
              NumberType.FLOAT16,
              states == NumberType.FLOAT8 ? NumberType.FLOAT32 : NumberType.FLOAT16,
              mastered));
    }
    return List.copyOf(formats);
  }

  static Format of(NumberType parameters, NumberType states, boolean masters) {
    return all().stream()
        .filter(format ->
            format.parameters == parameters
                && format.storage.states() == states
                && format.storage.masters() == masters)
        .findFirst()
        .orElseThrow();
  }

  /** Whether states are in blocks of 8 bits. */
  boolean hasBlocks() {
    return storage.states() == NumberType.FLOAT8;
  }

  @Override
  public String toString() {
    return "%s%s, states in %s"
        .formatted(
            parameters,
            !parameters.isLow() ? "" : storage.masters() ? " with masters" : " alone",
            storage.states());
  }
}
