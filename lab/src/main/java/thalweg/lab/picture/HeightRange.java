package thalweg.lab.picture;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * From which height to which the heights of a picture are told apart: from the lowest to the
 * highest, unless one of them is at a pole, as 1/x has at 0. Where a pole is sampled is chance, and
 * a scale up to there would leave the rest of the picture one colour; so the range ends where few
 * places lie beyond.
 *
 * @param low the lowest height that is told from lower ones
 * @param high the highest
 * @param cutBelow whether there are lower ones
 * @param cutAbove whether there are higher ones
 */
record HeightRange(double low, double high, boolean cutBelow, boolean cutAbove) {
  /** Beyond a quartile by so many distances between the quartiles a height is outside (Tukey). */
  private static final double OUTSIDE = 1.5;

  /** More than this part of the picture is not few: then the heights span decades. */
  private static final double FEW = 0.2;

  /** Nodes over which a pole falls to half its height, on both sides. */
  private static final int NEAR = 2;

  /**
   * That of heights, of which some are finite.
   *
   * @param z heights of a grid
   * @param sorted those that are finite, in order, at least one
   */
  static HeightRange of(double[][] z, double[] sorted) {
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double lower = quantile(sorted, 0.25);
    double upper = quantile(sorted, 0.75);
    double far = OUTSIDE * (upper - lower);
    double middle = quantile(sorted, 0.5);
    boolean below = few(sorted, v -> v < lower - far) && isPole(z, low, middle);
    boolean above = few(sorted, v -> v > upper + far) && isPole(z, high, middle);
    return new HeightRange(below ? lower - far : low, above ? upper + far : high, below, above);
  }

  private static double quantile(double[] sorted, double part) {
    return sorted[(int) (part * (sorted.length - 1))];
  }

  private static boolean few(double[] sorted, DoublePredicate beyond) {
    long count = Arrays.stream(sorted).filter(beyond).count();
    return count > 0 && count <= FEW * sorted.length;
  }

  /** Whether a height is at a pole where it is first met, along one of the axes. */
  private static boolean isPole(double[][] z, double height, double middle) {
    for (int row = 0; row < z.length; row++) {
      for (int column = 0; column < z[row].length; column++) {
        if (z[row][column] == height) {
          double half = (height - middle) / 2;
          return falls(z, row, column, 0, 1, middle, half)
                  && falls(z, row, column, 0, -1, middle, half)
              || falls(z, row, column, 1, 0, middle, half)
                  && falls(z, row, column, -1, 0, middle, half);
        }
      }
    }
    return false;
  }

  /** Whether a height soon is half as far from the middle, or none, in a direction. */
  private static boolean falls(
      double[][] z, int row, int column, int up, int across, double middle, double half) {
    for (int i = 1; i <= NEAR; i++) {
      int r = row + i * up;
      int c = column + i * across;
      if (r < 0 || r >= z.length || c < 0 || c >= z[r].length) {
        return false;
      }
      if (!Double.isFinite(z[r][c]) || (z[r][c] - middle) / half < 1) {
        return true;
      }
    }
    return false;
  }
}
