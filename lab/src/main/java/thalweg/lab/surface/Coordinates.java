package thalweg.lab.surface;

/** How coordinates are called: x, y, z, or x1, x2, … where there are more. */
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
}
