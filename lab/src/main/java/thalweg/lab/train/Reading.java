package thalweg.lab.train;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import thalweg.lab.BadInput;

/** Options whose texts are read by those who know what they mean. */
final class Reading {
  private Reading() {}

  /** What a library calls an argument, as {@code Batching.} in {@code Batching.size must be …}. */
  private static final Pattern TYPE = Pattern.compile("^[A-Z]\\w*\\.(?=[a-z])");

  /**
   * What is read; if it cannot be, the reader's one line with the option in front, which stands for
   * the Java type that the argument is of.
   */
  static <T> T option(TrainOption option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      String message = TYPE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
      throw new BadInput("%s: %s".formatted(option.option(), message), e);
    }
  }
}
