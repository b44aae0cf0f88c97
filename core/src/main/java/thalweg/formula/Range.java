package thalweg.formula;

/**
 * The allowed interval of a number; an infinity is in it only where a closed end is infinite.
 *
 * @param low the lower end, −∞ if there is none
 * @param lowClosed whether the lower end is allowed itself
 * @param high the upper end, ∞ if there is none
 * @param highClosed whether the upper end is allowed itself
 */
public record Range(double low, boolean lowClosed, double high, boolean highClosed) {
  private static final Range FINITE =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  /** One such as {@code [0, 1)}; of an empty text, all finite numbers. */
  public static Range of(String text) {
    if (text.isEmpty()) {
      return FINITE;
    }
    String[] ends = text.substring(1, text.length() - 1).split(",");
    return new Range(end(ends[0]), text.startsWith("["), end(ends[1]), text.endsWith("]"));
  }

  /** Whether a number lies in it; NaN never does. */
  public boolean contains(double value) {
    return (lowClosed ? value >= low : value > low) && (highClosed ? value <= high : value < high);
  }

  private static double end(String text) {
    return switch (text.strip()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text.strip());
    };
  }
}
