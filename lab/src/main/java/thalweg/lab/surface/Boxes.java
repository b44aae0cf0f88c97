package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.BadInput;

/** Boxes in text form: {@code -2,2,-1,3}, lower and upper end of each coordinate in turn. */
public final class Boxes {
  private Boxes() {}

  /**
   * Reads a box.
   *
   * @param text a pair for each coordinate or one for all, with or without brackets
   * @throws BadInput with one line
   */
  public static Box parse(String text, int dimension) {
    String inner = text.strip().replaceAll("^\\[|\\]$", "");
    List<Double> ends = new ArrayList<>();
    for (String end : inner.split(",", -1)) {
      ends.add(number(end.strip(), text));
    }
    if (ends.size() != 2 && ends.size() != 2 * dimension) {
      throw new BadInput(
          "box '%s' has %d numbers; write low,high for all coordinates or %d numbers, low,high for each"
              .formatted(text, ends.size(), 2 * dimension));
    }
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      int pair = ends.size() == 2 ? 0 : 2 * i;
      low.add(ends.get(pair));
      high.add(ends.get(pair + 1));
    }
    try {
      return new Box(low, high);
    } catch (IllegalArgumentException e) {
      throw new BadInput("box '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  private static double number(String end, String text) {
    try {
      return Double.parseDouble(end);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "box '%s': '%s' is not a number; write -2,2,-1,3 for x from -2 to 2 and y from -1 to 3"
              .formatted(text, end),
          e);
    }
  }
}
