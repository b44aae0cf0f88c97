package thalweg.lab.picture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a height lies between the lowest and the highest of a picture, 0 to 1: log(1 + (height -
 * low) / knee) over its value at the highest. Near the lowest it is linear and far above
 * logarithmic, so that a surface over decades shows its valley and its walls. Strictly increasing.
 *
 * <p>Pages and still pictures take colours and contour levels from it, evenly spaced on it.
 *
 * @param low the lowest height
 * @param high the highest
 * @param knee the height above the lowest where linear passes into logarithmic, above 0
 * @param cutBelow whether the picture has lower heights, which are drawn as the lowest
 * @param cutAbove whether it has higher ones, drawn as the highest
 */
public record HeightScale(
    double low, double high, double knee, boolean cutBelow, boolean cutAbove) {
  /** Lines of equal height of every map; twenty parts, so that each quarter ends at a line. */
  public static final int LEVELS = 19;

  /** A tenth of the picture lies below a quarter of the scale, where the knee can do that. */
  private static final double LOW_PART = 0.1;

  private static final double LOW_SHARE = 0.25;
  private static final double SMALLEST_KNEE = 1e-12;

  /** A smaller range has no knees, a larger one no sum with its largest: both count as level. */
  private static final double SMALLEST_RANGE = Double.MIN_NORMAL / SMALLEST_KNEE;

  private static final double LARGEST_RANGE = Double.MAX_VALUE / 2;

  public HeightScale {
    if (!(low <= high) || !(knee > 0) || !Double.isFinite(high - low + knee)) {
      throw new IllegalArgumentException(
          "heights go from a lower to a higher finite number with a knee above 0, got %s to %s, %s"
              .formatted(low, high, knee));
    }
  }

  /** One of all heights. */
  public HeightScale(double low, double high, double knee) {
    this(low, high, knee, false, false);
  }

  /**
   * The scale of the heights of a picture, without the tips of poles.
   *
   * @param z heights; those that are not finite are left out
   */
  public static HeightScale of(double[][] z) {
    return of(z, Double.POSITIVE_INFINITY);
  }

  /**
   * As above, when a lower height is known than those that were sampled.
   *
   * @param known a height that occurs in the picture
   */
  public static HeightScale of(double[][] z, double known) {
    double[] sorted =
        Arrays.stream(z)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new HeightScale(0, 0, 1);
    }
    HeightRange range = HeightRange.of(z, sorted);
    boolean cutBelow = range.cutBelow() && Double.isInfinite(known);
    double low = cutBelow ? range.low() : Math.min(sorted[0], known);
    double high = range.high();
    if (!(high - low >= SMALLEST_RANGE && high - low <= LARGEST_RANGE)) {
      return new HeightScale(low, low, 1);
    }
    double[] drawn = Arrays.stream(sorted).filter(v -> v >= low).toArray();
    double part = drawn[(int) (LOW_PART * (drawn.length - 1))] - low;
    return new HeightScale(low, high, knee(part, high - low), cutBelow, range.cutAbove());
  }

  /** The knee that puts {@code part} at {@link #LOW_SHARE}, by bisection; at most the range. */
  private static double knee(double part, double range) {
    double smaller = range * SMALLEST_KNEE;
    double larger = range;
    while (larger > smaller * (1 + 1e-9)) {
      double middle = between(smaller, larger);
      if (share(part, range, middle) > LOW_SHARE) {
        smaller = middle;
      } else {
        larger = middle;
      }
    }
    return larger;
  }

  /** The geometric mean, also where the product is too large or too small for a number. */
  private static double between(double smaller, double larger) {
    double product = smaller * larger;
    return product >= Double.MIN_NORMAL && product <= Double.MAX_VALUE
        ? Math.sqrt(product)
        : Math.sqrt(smaller) * Math.sqrt(larger);
  }

  private static double share(double above, double range, double knee) {
    return Math.log1p(above / knee) / Math.log1p(range / knee);
  }

  /** Where a height lies; 0 below the lowest, 1 above the highest, NaN for NaN. */
  public double share(double height) {
    if (Double.isNaN(height)) {
      return height;
    }
    double above = Math.clamp(height - low, 0, high - low);
    return above == 0 ? 0 : share(above, high - low, knee);
  }

  /** The height that lies at a share from 0 to 1. */
  public double height(double share) {
    return low + knee * Math.expm1(share * Math.log1p((high - low) / knee));
  }

  /** Heights that cut the scale into {@code count + 1} even parts; none where all is level. */
  public List<Double> levels(int count) {
    if (low == high) {
      return List.of();
    }
    return IntStream.rangeClosed(1, count)
        .mapToObj(k -> height(k / (count + 1.0)))
        .distinct()
        .toList();
  }

  /** The height at a share in words, for a mark; it says so where it stands for all beyond. */
  public String text(double share) {
    String sign = share <= 0 && cutBelow ? "≤ " : share >= 1 && cutAbove ? "≥ " : "";
    return sign + Numbers.text(height(share));
  }

  /** The scale in words, for a legend. */
  public String text() {
    if (low == high) {
      return "level everywhere";
    }
    String above = low == 0 ? "f" : "(f %s)".formatted(minus(low));
    return "evenly spaced in log(1 + %s / %s)%s%s"
        .formatted(above, Numbers.text(knee), knee < high - low ? "" : ", almost linear", cut());
  }

  private String cut() {
    String below = "below " + Numbers.text(low);
    String above = "above " + Numbers.text(high);
    if (!cutBelow && !cutAbove) {
      return "";
    }
    return ", cut off "
        + (cutBelow && cutAbove ? below + " and " + above : cutBelow ? below : above);
  }

  private static String minus(double value) {
    return value < 0 ? "+ " + Numbers.text(-value) : "− " + Numbers.text(value);
  }
}
