package thalweg.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers of a result are written for people, the same in the terminal and the report. */
public final class Figures {
  private static final String NONE = "–";

  private Figures() {}

  /** Up to so many significant digits, no trailing zeros: 0.00316, 1e-7, 12.3; a dash for NaN. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent > 6) {
      return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
          + "e"
          + exponent;
    }
    return rounded.toPlainString();
  }

  /** The nearest number of so many significant digits; NaN and infinity as they are. */
  static double rounded(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
        : value;
  }

  /** A loss: always four significant digits, so that a column of them compares. */
  public static String loss(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", value).replaceFirst("e[+]?(-?)0?", "e$1");
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** An accuracy in percent or an R², with its deviation when there is one. */
  public static String score(Spread spread, boolean regression) {
    if (Double.isNaN(spread.mean())) {
      return NONE;
    }
    String mean = regression ? fixed(spread.mean(), 3) : fixed(100 * spread.mean(), 1) + " %";
    if (Double.isNaN(spread.deviation())) {
      return mean;
    }
    return mean
        + " ± "
        + (regression ? fixed(spread.deviation(), 3) : fixed(100 * spread.deviation(), 1));
  }

  /** So many digits after the point. */
  public static String fixed(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : NONE;
  }
}
