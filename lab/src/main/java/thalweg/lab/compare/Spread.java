package thalweg.lab.compare;

import java.util.Collection;

/**
 * Mean and sample deviation (over n - 1) of one number over several seeds.
 *
 * @param mean NaN when there is no value
 * @param deviation NaN with fewer than two values
 * @param count how many values went in
 */
public record Spread(double mean, double deviation, int count) {
  /** The spread of the finite values among these; the others are left out, not counted. */
  public static Spread of(Collection<Double> values) {
    double[] finite = values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
    double sum = 0;
    for (double value : finite) {
      sum += value;
    }
    double mean = finite.length == 0 ? Double.NaN : sum / finite.length;
    double squares = 0;
    for (double value : finite) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = finite.length < 2 ? Double.NaN : Math.sqrt(squares / (finite.length - 1));
    return new Spread(mean, deviation, finite.length);
  }
}
