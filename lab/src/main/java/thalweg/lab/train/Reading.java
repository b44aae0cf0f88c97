package thalweg.lab.train;

import java.util.function.Supplier;
import thalweg.lab.BadInput;

/** Options whose texts are read by those who know what they mean. */
final class Reading {
  private Reading() {}

  /** What is read; if it cannot be, the reader's one line with the option in front. */
  static <T> T option(TrainOption option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new BadInput("%s: %s".formatted(option.option(), e.getMessage()), e);
    }
  }
}
