package thalweg.lab.surface;

import java.util.List;
import java.util.stream.IntStream;

/** The coordinates of a place: x, y, z, or x1, x2, … where there are more. */
public final class Coordinates {
  private static final String LETTERS = "xyz";

  private Coordinates() {}

  /**
   * The name of one.
   *
   * @param index from 1
   */
  public static String name(int index, int dimension) {
    return dimension <= LETTERS.length() ? LETTERS.substring(index - 1, index) : "x" + index;
  }

  /** A place with two numbers in turn: {@code [first, second, first, …]}. */
  static List<Double> alternating(int dimension, double first, double second) {
    return IntStream.range(0, dimension).mapToObj(i -> i % 2 == 0 ? first : second).toList();
  }
}
