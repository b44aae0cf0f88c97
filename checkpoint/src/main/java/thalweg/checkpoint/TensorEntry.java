package thalweg.checkpoint;

import java.util.List;

/**
 * What a safetensors file says of one tensor.
 *
 * @param shape sizes, slowest-varying first; empty for a single number
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where they end
 */
public record TensorEntry(TensorType type, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes in the file. */
  public long bytes() {
    return end - begin;
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
