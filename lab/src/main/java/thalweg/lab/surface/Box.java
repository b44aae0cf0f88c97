package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thalweg.lab.BadInput;
import thalweg.lab.Count;
import thalweg.lab.NumberInput;
import thalweg.text.NumberText;

/** A range for each number, both ends included. */
public record Box(List<Double> low, List<Double> high) {
  public Box {
    low = List.copyOf(low);
    high = List.copyOf(high);
    if (low.size() != high.size()) {
      throw new IllegalArgumentException(
          "a box has as many upper as lower ends, got %d and %d"
              .formatted(high.size(), low.size()));
    }
    for (int i = 0; i < low.size(); i++) {
      if (!(low.get(i) < high.get(i)) || Double.isInfinite(high.get(i) - low.get(i))) {
        throw new IllegalArgumentException(
            "a range goes from a lower to a higher number and is of finite width, got %s to %s"
                .formatted(NumberText.of(low.get(i)), NumberText.of(high.get(i))));
      }
    }
  }

  /** The same range for every number. */
  public static Box cube(int dimension, double low, double high) {
    return new Box(Collections.nCopies(dimension, low), Collections.nCopies(dimension, high));
  }

  /**
   * Reads a box such as {@code -2,2,-1,3}: lower and upper end of each coordinate in turn, or one
   * pair for all; brackets around it are welcome.
   *
   * @throws BadInput with one line
   */
  public static Box parse(String text, int dimension) {
    List<Double> ends = new ArrayList<>();
    for (String end : text.strip().replaceAll("^\\[|]$", "").split(",", -1)) {
      OptionalDouble number = NumberInput.finite(end);
      if (number.isEmpty()) {
        throw new BadInput(
            "box '%s': '%s' is not a number; write -2,2,-1,3 for x from -2 to 2 and y from -1 to 3"
                .formatted(text.strip(), end.strip()));
      }
      ends.add(number.getAsDouble());
    }
    if (ends.size() != 2 && ends.size() != 2 * dimension) {
      throw new BadInput(
          "box '%s' has %s; write low,high for all coordinates or %d numbers for the %d"
              .formatted(text.strip(), Count.of(ends.size(), "number"), 2 * dimension, dimension));
    }
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int i = 0; i < 2 * dimension; i += 2) {
      low.add(ends.get(i % ends.size()));
      high.add(ends.get((i + 1) % ends.size()));
    }
    try {
      return new Box(low, high);
    } catch (IllegalArgumentException e) {
      throw new BadInput("box '%s': %s".formatted(text.strip(), e.getMessage()), e);
    }
  }

  /** Its text form, which parses back: {@code [-2, 2, -1, 3]}. */
  public String text() {
    return IntStream.range(0, low.size())
        .mapToObj(i -> NumberText.of(low.get(i)) + ", " + NumberText.of(high.get(i)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Whether a place is in it. */
  public boolean contains(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!(x[i] >= low.get(i) && x[i] <= high.get(i))) {
        return false;
      }
    }
    return true;
  }
}
