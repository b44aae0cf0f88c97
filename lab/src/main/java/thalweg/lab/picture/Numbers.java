package thalweg.lab.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a picture writes them. */
final class Numbers {
  private static final int DIGITS = 3;

  private Numbers() {}

  /** Three digits, no superfluous zeros, with an exponent where it is shorter. */
  static String text(double value) {
    if (value == 0) {
      return "0";
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    BigDecimal shortest = rounded.stripTrailingZeros();
    int power = shortest.precision() - shortest.scale() - 1;
    String text =
        power < -DIGITS || power > DIGITS + 1
            ? shortest.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString() + "e" + power
            : shortest.toPlainString();
    return text.replace('-', '−');
  }
}
