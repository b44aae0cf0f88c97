package thalweg.formula;

import java.math.BigDecimal;

/** How a number is written: the shortest digits that parse back to the same double, no ceremony. */
public final class Digits {
  private Digits() {}

  /** Such as {@code 1}, {@code 0.9}, {@code 3e-4}, {@code -inf}; never {@code 3.0E-4}. */
  public static String of(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (Double.isNaN(value)) {
      return "nan";
    }
    String text = Double.toString(value);
    int exponent = text.indexOf('E');
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    if (digits.endsWith(".0")) {
      digits = digits.substring(0, digits.length() - 2);
    }
    String plain = exponent < 0 ? digits : digits + "e" + text.substring(exponent + 1);
    return exponent < 0 && digits.contains("0.00") ? shorter(plain, value) : plain;
  }

  /** {@code 1e-3} for {@code 0.001}; the plain one if there is nothing to gain. */
  private static String shorter(String plain, double value) {
    BigDecimal exact = new BigDecimal(plain).stripTrailingZeros();
    String digits = exact.unscaledValue().toString();
    int sign = digits.startsWith("-") ? 1 : 0;
    int exponent = digits.length() - sign - 1 - exact.scale();
    String rest = digits.substring(sign + 1);
    String scientific =
        digits.substring(0, sign + 1) + (rest.isEmpty() ? "" : "." + rest) + "e" + exponent;
    return scientific.length() < plain.length() && Double.parseDouble(scientific) == value
        ? scientific
        : plain;
  }
}
