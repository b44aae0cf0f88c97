package thalweg.lab.trace;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which values of a hyperparameter are too small, right and too large, as indices; empty where none
 * that was tried is.
 *
 * @param small the largest value that is at most a tenth of the right one and whose walk ends
 *     clearly higher than the right one's
 * @param right the one with the best ending, if that is lower than the start
 * @param large the smallest value above the right one whose walk ends early, or no lower than it
 *     began
 */
record Effect(OptionalInt small, OptionalInt right, OptionalInt large) {
  /** A walk that makes all but this share of the best one's descent is as good. */
  private static final double AS_GOOD = 1e-4;

  /** The allowance for values of three digits. */
  private static final double A_TENTH = 0.1 * (1 + 1e-9);

  /**
   * What the endings say.
   *
   * @param values rising
   * @param endings one for each value
   * @param start the loss where all began
   */
  static Effect of(List<Double> values, List<Ending> endings, double start) {
    int right = endings.indexOf(Collections.min(endings));
    double lowest = endings.get(right).loss();
    if (!(lowest < start)) {
      return new Effect(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
    double high = lowest + AS_GOOD * (start - lowest);
    OptionalInt small =
        IntStream.range(0, right)
            .filter(i -> values.get(i) <= values.get(right) * A_TENTH)
            .filter(i -> !endings.get(i).isEarly() && endings.get(i).loss() > high)
            .max();
    OptionalInt large =
        IntStream.range(right + 1, endings.size())
            .filter(i -> !(endings.get(i).loss() < start))
            .min();
    return new Effect(small, OptionalInt.of(right), large);
  }
}
