package thalweg.lab.surface;

import java.util.List;

/**
 * A function of n numbers with exact gradients, on which optimizers are watched. Not changed by
 * being used; used by several threads at once.
 */
public interface Surface {
  /** Its text form, such as {@code rosenbrock(dimension=3)}; it parses back to an equal one. */
  String text();

  /** The function as people write it. */
  String formula();

  /** How many numbers it takes, at least 1. */
  int dimension();

  /**
   * The value at a place; not finite where the function is not defined.
   *
   * @param x of length {@link #dimension}
   */
  double value(double[] x);

  /**
   * The value at a place and the exact gradient there.
   *
   * @param x of length {@link #dimension}
   * @param gradient written to, of the same length
   */
  double gradient(double[] x, double[] gradient);

  /** The part that pictures show and starts are taken from. */
  Box box();

  /** The global minima that are known; none where nobody recorded any. */
  List<Minimum> minima();

  /** The usual start, inside the box. */
  List<Double> start();
}
