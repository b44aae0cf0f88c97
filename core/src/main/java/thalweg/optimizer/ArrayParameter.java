package thalweg.optimizer;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;

/**
 * A parameter in plain Java arrays, trained in place; the caller writes gradients into their array.
 *
 * @param gradient null for one that is never trained
 */
public record ArrayParameter(String name, List<Long> shape, Buffer value, @Nullable Buffer gradient)
    implements Parameter {
  public ArrayParameter {
    shape = List.copyOf(shape);
    long length = shape.stream().reduce(1L, Math::multiplyExact);
    if (length != value.length()) {
      throw new IllegalArgumentException(
          "parameter '%s': shape %s holds %d elements, its values are %d"
              .formatted(name, shape, length, value.length()));
    }
  }

  /** A float32 parameter; without sizes it is a vector. */
  public static ArrayParameter of(String name, float[] value, float[] gradient, long... shape) {
    return new ArrayParameter(
        name, sizes(shape, value.length), Buffer.of(value), Buffer.of(gradient));
  }

  /** A float64 parameter, for the reference backend; without sizes it is a vector. */
  public static ArrayParameter of(String name, double[] value, double[] gradient, long... shape) {
    return new ArrayParameter(
        name, sizes(shape, value.length), Buffer.of(value), Buffer.of(gradient));
  }

  /** A parameter in fresh native memory, zero, with a zero gradient: the fastest place for both. */
  public static ArrayParameter allocate(
      String name, thalweg.memory.NumberType type, long... shape) {
    long length = Arrays.stream(shape).reduce(1L, Math::multiplyExact);
    return new ArrayParameter(
        name,
        Arrays.stream(shape).boxed().toList(),
        Buffer.allocate(length, type),
        Buffer.allocate(length, type));
  }

  private static List<Long> sizes(long[] shape, int length) {
    return shape.length == 0 ? List.of((long) length) : Arrays.stream(shape).boxed().toList();
  }
}
