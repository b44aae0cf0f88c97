package thalweg.optimizer;

import java.util.List;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

/**
 * What is remembered for one parameter, or one number of a group, at one moment.
 *
 * <p>Two are equal if shape, type and every bit are; all NaN are one.
 *
 * @param shape sizes, slowest-varying first: the parameter's own for a state of its elements, that
 *     of its rows or columns for a state of those, with the terms in front where each has its own,
 *     and empty for a number
 * @param values the elements, row-major, in the type they are remembered in; outside the Java heap,
 *     unless made {@link #of} Java numbers
 */
public record StateTensor(List<Long> shape, Buffer values) {
  public StateTensor {
    shape = List.copyOf(shape);
    long length = shape.stream().reduce(1L, Math::multiplyExact);
    if (length != values.length()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has %d elements, got %d".formatted(shape, length, values.length()));
    }
  }

  /** A vector of float64. */
  public static StateTensor of(double... values) {
    return of(List.of((long) values.length), values);
  }

  /** A tensor of float64. */
  public static StateTensor of(List<Long> shape, double... values) {
    return new StateTensor(shape, Buffer.of(values));
  }

  /** A number. */
  public static StateTensor number(double value) {
    return of(List.of(), value);
  }

  /** The same in memory of its own. */
  public StateTensor copy() {
    return new StateTensor(shape, values.copy());
  }

  /** The type of the elements. */
  public NumberType type() {
    return values.type();
  }

  /** The elements, widened to double. */
  public double[] toDoubles() {
    return values.toDoubles();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateTensor tensor
        && shape.equals(tensor.shape)
        && type() == tensor.type()
        && sameElements(tensor);
  }

  private boolean sameElements(StateTensor other) {
    for (long i = 0, n = values.length(); i < n; i++) {
      if (Double.doubleToLongBits(values.get(i)) != Double.doubleToLongBits(other.values.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return shape.hashCode();
  }

  @Override
  public String toString() {
    return shape + " " + type();
  }
}
