package thalweg.lab.trace;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import thalweg.lab.surface.Surface;
import thalweg.optimizer.FiniteSum;

/**
 * A surface as the mean of terms: term i is f(x) + s · eᵢ · x, so that its gradient is that of the
 * surface with s · eᵢ added to it. The eᵢ are drawn from a seed and have, in each component, mean 0
 * and mean square 1 over all terms: the mean of all terms is the surface itself, and a gradient of
 * one term, drawn at random, is the surface's with noise of standard deviation s.
 */
final class NoisySum implements FiniteSum {
  private final Surface surface;
  private final double[] x;
  private final double[] gradient;
  private final double[][] noise;
  private final double[] place;
  private final double[] exact;
  private double loss;
  private boolean known;
  private double @Nullable [] amiss;
  private double amissLoss;

  /**
   * @param x the parameter, looked at whenever a gradient is asked for
   * @param gradient where that is put
   * @param noise one row a term, as {@link #noise} draws it
   */
  NoisySum(Surface surface, double[] x, double[] gradient, double[][] noise) {
    this.surface = surface;
    this.x = x;
    this.gradient = gradient;
    this.noise = noise;
    this.place = new double[x.length];
    this.exact = new double[x.length];
  }

  /**
   * The s · eᵢ.
   *
   * @param terms at least 2 if there is any noise
   * @param deviation s
   */
  static double[][] noise(int terms, int dimension, double deviation, long seed) {
    double[][] drawn = new double[terms][dimension];
    if (deviation == 0) {
      return drawn;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int c = 0; c < dimension; c++) {
      double sum = 0;
      for (double[] row : drawn) {
        row[c] = random.nextGaussian();
        sum += row[c];
      }
      double squares = 0;
      for (double[] row : drawn) {
        row[c] -= sum / terms;
        squares += row[c] * row[c];
      }
      for (double[] row : drawn) {
        row[c] *= deviation / Math.sqrt(squares / terms);
      }
    }
    return drawn;
  }

  @Override
  public int size() {
    return noise.length;
  }

  @Override
  public double gradient(int... terms) {
    look();
    if (amiss == null && !(Double.isFinite(loss) && Double.isFinite(norm(exact)))) {
      amiss = x.clone();
      amissLoss = loss;
    }
    System.arraycopy(exact, 0, gradient, 0, exact.length);
    double mean = loss;
    for (int term : terms) {
      for (int c = 0; c < gradient.length; c++) {
        double part = noise[term][c] / terms.length;
        gradient[c] += part;
        mean += part * x[c];
      }
    }
    return mean;
  }

  /** The first place where a gradient was asked for that is not finite, or whose loss is not. */
  double @Nullable [] amiss() {
    return amiss;
  }

  /** The loss there. */
  double amissLoss() {
    return amissLoss;
  }

  /** The value of the surface where the parameter stands. */
  double loss() {
    look();
    return loss;
  }

  /** The Euclidean norm of the surface's gradient where the parameter stands. */
  double norm() {
    look();
    return norm(exact);
  }

  /** The Euclidean norm of the gradient that was last handed out. */
  double givenNorm() {
    return norm(gradient);
  }

  /** The Euclidean norm, also of what is too large or small to be squared. */
  static double norm(double[] v) {
    double largest = 0;
    for (double c : v) {
      largest = Math.max(largest, Math.abs(c));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double c : v) {
      sum += (c / largest) * (c / largest);
    }
    return largest * Math.sqrt(sum);
  }

  /** Computes what is exact, once for each place. */
  private void look() {
    boolean here = known;
    for (int c = 0; c < x.length && here; c++) {
      here = x[c] == place[c];
    }
    if (!here) {
      System.arraycopy(x, 0, place, 0, x.length);
      loss = surface.gradient(place, exact);
      known = true;
    }
  }
}
