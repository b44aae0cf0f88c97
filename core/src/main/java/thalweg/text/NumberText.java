package thalweg.text;

import thalweg.formula.Digits;

/** How a number is written: the shortest digits that parse back to the same double, no ceremony. */
public final class NumberText {
  private NumberText() {}

  /** Such as {@code 1}, {@code 0.9}, {@code 3e-4}, {@code -inf}; never {@code 3.0E-4}. */
  public static String of(double value) {
    return Digits.of(value);
  }

  /**
   * A hyperparameter's value in the text form: a number, {@code true}, {@code inside}, a schedule.
   */
  public static String of(Object value) {
    return value instanceof Double number ? of(number.doubleValue()) : value.toString();
  }
}
