package thalweg.torch;

/** How many samples a step sees: all, some, or one. */
public sealed interface Batching {
  /** All samples, in the table's order: gradient descent proper. */
  record Full() implements Batching {}

  /** A fixed number, in a fresh order each epoch; the last batch may be smaller. */
  record Mini(int size) implements Batching {
    public Mini {
      if (size < 1) {
        throw new IllegalArgumentException("Batching.size must be >= 1, got " + size);
      }
    }
  }

  /** One at a time, in a fresh order each epoch: stochastic gradient descent proper. */
  record One() implements Batching {}

  /** Samples a batch out of so many rows. */
  default int size(int rows) {
    return switch (this) {
      case Full() -> rows;
      case Mini(int size) -> Math.min(size, rows);
      case One() -> 1;
    };
  }

  /**
   * Refuses a batch that is larger than the data.
   *
   * @throws IllegalArgumentException with what to do
   */
  default void requireWithin(int rows) {
    if (this instanceof Mini(int size) && size > rows) {
      throw new IllegalArgumentException(
          "batch is %d, there are %d training samples; give a smaller batch or full"
              .formatted(size, rows));
    }
  }

  /** The text form: {@code full}, {@code mini:32}, {@code one}. */
  default String text() {
    return switch (this) {
      case Full() -> "full";
      case Mini(int size) -> "mini:" + size;
      case One() -> "one";
    };
  }

  /** Reads the text form; a bare number means mini. */
  static Batching parse(String text) {
    return switch (text.strip()) {
      case "full" -> new Full();
      case "one" -> new One();
      case String other -> {
        String number = other.startsWith("mini:") ? other.substring("mini:".length()) : other;
        try {
          yield new Mini(Integer.parseInt(number));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "batch must be full, one or mini:SIZE such as mini:32, got '%s'".formatted(text), e);
        }
      }
    };
  }
}
