package thalweg.lab;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as people type them: {@code -1.2}, {@code .5}, {@code 1e-3}. */
public final class NumberInput {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private NumberInput() {}

  /** The number that a text is, but for space around it; empty if it is none or too large. */
  public static OptionalDouble finite(String text) {
    String number = text.strip();
    if (!NUMBER.matcher(number).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(number);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
