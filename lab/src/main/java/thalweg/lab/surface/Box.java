package thalweg.lab.surface;

import java.util.Collections;
import java.util.List;

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
            "a range goes from a lower to a higher finite number, got %s to %s"
                .formatted(low.get(i), high.get(i)));
      }
    }
  }

  /** The same range for every number. */
  public static Box cube(int dimension, double low, double high) {
    return new Box(Collections.nCopies(dimension, low), Collections.nCopies(dimension, high));
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
