package thalweg.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.StateTensor;

/**
 * A tensor of any type as bytes, little-endian and row-major, as it lies in a file or in memory.
 * Nothing is copied: the memory must stay in place and unchanged while this is in use.
 */
public final class RawTensor {
  private final TensorType type;
  private final List<Long> shape;
  private final @Nullable MemorySegment bytes;
  private final Object owner;

  private RawTensor(
      TensorType type, List<Long> shape, @Nullable MemorySegment bytes, Object owner) {
    this.type = type;
    this.shape = List.copyOf(shape);
    this.bytes = bytes;
    this.owner = owner;
  }

  /**
   * A tensor at a place in memory.
   *
   * @param bytes as many as type and shape need
   * @param owner kept reachable while this is
   */
  public static RawTensor of(TensorType type, List<Long> shape, MemorySegment bytes, Object owner) {
    long elements = elements(shape);
    if (!type.isWhole(elements) || type.bytes(elements) != bytes.byteSize()) {
      throw new IllegalArgumentException(
          "a tensor %s %s has %d elements of %d bits, got %d bytes"
              .formatted(type, shape, elements, type.bits(), bytes.byteSize()));
    }
    return new RawTensor(type, shape, bytes, owner);
  }

  /** Numbers as they lie in a buffer. */
  public static RawTensor of(List<Long> shape, Buffer values) {
    if (values.type() == NumberType.FLOAT8) {
      throw new IllegalArgumentException(
          "8-bit floats are two tensors in a file, codes and scales");
    }
    return of(TensorType.of(values.type()), shape, values.segment(), values);
  }

  /** Numbers as they lie in a state. */
  public static RawTensor of(StateTensor tensor) {
    return of(tensor.shape(), tensor.values());
  }

  /** The codes of 8-bit floats, in the elements' order, not in that of the memory. */
  static RawTensor codes(List<Long> shape, Buffer values) {
    return new RawTensor(TensorType.U8, shape, null, values);
  }

  public TensorType type() {
    return type;
  }

  /** Sizes, slowest-varying first; empty for a single number. */
  public List<Long> shape() {
    return shape;
  }

  /** Number of elements. */
  public long elements() {
    return elements(shape);
  }

  /** Number of bytes. */
  public long byteSize() {
    return type.bytes(elements());
  }

  /** The bytes themselves; those of a file cannot be written to. */
  public MemorySegment bytes() {
    return Objects.requireNonNull(bytes);
  }

  /** What keeps the memory alive. */
  public Object owner() {
    return owner;
  }

  /** Copies {@code count} bytes from {@code from} on to the start of an array. */
  void read(long from, byte[] into, int count) {
    if (bytes != null) {
      MemorySegment.copy(bytes, JAVA_BYTE, from, into, 0, count);
    } else {
      ((Buffer) owner).readCodes(from, into, count);
    }
  }

  private static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
