package thalweg.lab.trace;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which values of a hyperparameter are too small, right and too large, as indices; empty where none
 * that was tried is.
 *
 * @param small the largest value that is at most a tenth of the right one and whose walk ends
 *     clearly higher than the right one's; where the range does not reach that far, its lowest
 *     value if its walk does. Where no value is right, the largest whose walk ends as high as it
 *     began
 * @param right the one with the best ending, if that is lower than the start
 * @param large the smallest value above the right one whose walk ends early, or no lower than it
 *     began; where none does, the highest of the range if its walk ends clearly higher than the
 *     right one's. Where no value is right, the smallest whose walk ends early or higher than it
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
    int last = endings.size() - 1;
    double lowest = endings.get(right).loss();
    if (!(lowest < start)) {
      return new Effect(
          indices(0, last).filter(i -> endings.get(i).loss() == start).max(),
          OptionalInt.empty(),
          indices(0, last).filter(i -> endings.get(i).loss() != start).min());
    }
    double high = lowest + AS_GOOD * (start - lowest);
    IntPredicate worse = i -> !endings.get(i).isEarly() && endings.get(i).loss() > high;
    double tenth = values.get(right) * A_TENTH;
    OptionalInt small =
        values.getFirst() <= tenth
            ? indices(0, right - 1).filter(i -> values.get(i) <= tenth).filter(worse).max()
            : indices(0, Math.min(0, right - 1)).filter(worse).max();
    OptionalInt large =
        indices(right + 1, last).filter(i -> !(endings.get(i).loss() < start)).min();
    if (large.isEmpty()) {
      large = indices(Math.max(right + 1, last), last).filter(worse).min();
    }
    return new Effect(small, OptionalInt.of(right), large);
  }

  private static IntStream indices(int first, int last) {
    return IntStream.rangeClosed(first, last);
  }
}
