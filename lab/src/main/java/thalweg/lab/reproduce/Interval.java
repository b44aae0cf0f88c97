package thalweg.lab.reproduce;

import java.util.Collection;

/**
 * A mean over seeds with the range that holds the true mean in 95 of 100 repetitions: Student's t
 * interval, which supposes that single values scatter normally.
 *
 * @param low at most the mean; minus infinity for a single value, which tells nothing of scatter
 * @param high at least the mean
 */
public record Interval(double mean, double low, double high) {
  /** The 0.975 quantiles of Student's distribution for 1, 2, ... 30 degrees of freedom. */
  private static final double[] T = {
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
    2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
    2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
    2.048407, 2.045230, 2.042272
  };

  public Interval {
    if (!(low <= mean && mean <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= mean <= high, got %s, %s, %s".formatted(low, mean, high));
    }
  }

  /**
   * That of the mean of some values.
   *
   * @param values finite, at least one
   */
  public static Interval of(Collection<Double> values) {
    if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "an interval needs finite values, at least one, got " + values);
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    int count = values.size();
    double mean = sum / count;
    if (count == 1) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double half = quantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
    return new Interval(mean, mean - half, mean + half);
  }

  /** The 0.975 quantile; beyond 30 by the first terms of its series in 1 / freedom. */
  static double quantile(int freedom) {
    if (freedom <= T.length) {
      return T[freedom - 1];
    }
    double z = 1.959963985;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    double z7 = z5 * z * z;
    return z
        + (z3 + z) / (4.0 * freedom)
        + (5 * z5 + 16 * z3 + 3 * z) / (96.0 * freedom * freedom)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384.0 * freedom * freedom * freedom);
  }

  /** The same interval on the scale of ratios, where this one is of logarithms. */
  Interval exp() {
    return new Interval(Math.exp(mean), Math.exp(low), Math.exp(high));
  }
}
