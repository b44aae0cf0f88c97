package thalweg.memory;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A run of numbers that a step reads or writes: an engine's memory, the user's array, or our state.
 *
 * <p>Every native buffer is made here and nowhere else, from an address, so that all vector kernels
 * only ever see one kind of {@link MemorySegment}. Kernels that meet several kinds (heap, arena,
 * direct buffer) lose their compiled form for good: the profile that is spoilt is the JDK's own.
 * The owner of the memory is kept reachable as long as the buffer is.
 *
 * <p>Heap arrays cannot pass that door. They are wrapped for bulk copies and single reads only
 * ({@link #isNative()} is false) and backends decide how to work on them.
 */
public final class Buffer {
  /** Alignment of memory allocated here, in bytes: one cache line, one AVX-512 register. */
  private static final long ALIGNMENT = 64;

  private final MemorySegment segment;
  private final NumberType type;
  private final Object owner;

  private Buffer(MemorySegment segment, NumberType type, Object owner) {
    this.segment = segment;
    this.type = type;
    this.owner = owner;
  }

  /**
   * Memory somebody else owns, such as a libtorch tensor's.
   *
   * @param address address of the first element
   * @param length number of elements
   * @param owner kept reachable while this buffer is; it must keep the memory alive and in place
   */
  public static Buffer at(long address, long length, NumberType type, Object owner) {
    Objects.requireNonNull(owner);
    if (length < 0) {
      throw new IllegalArgumentException("Buffer.length must be >= 0, got " + length);
    }
    return new Buffer(door(address, length * type.bytes()), type, owner);
  }

  /** Fresh zeroed native memory, freed when the buffer is no longer reachable. */
  public static Buffer allocate(long length, NumberType type) {
    Arena arena = Arena.ofAuto();
    return allocate(length, type, arena, arena);
  }

  static Buffer allocate(long length, NumberType type, Arena arena, Object owner) {
    long bytes = Math.max(Math.multiplyExact(length, type.bytes()), 1);
    try {
      return at(arena.allocate(bytes, ALIGNMENT).address(), length, type, owner);
    } catch (OutOfMemoryError e) {
      OutOfMemoryError clear =
          new OutOfMemoryError(
              "no room for %d elements of %s (%d bytes) outside the Java heap; the JVM allows as much as the heap there unless started with -XX:MaxDirectMemorySize=SIZE (%s)"
                  .formatted(length, type, bytes, e.getMessage()));
      clear.initCause(e);
      throw clear;
    }
  }

  /** The user's own array, not copied. */
  public static Buffer of(float[] array) {
    return new Buffer(MemorySegment.ofArray(array), NumberType.FLOAT32, array);
  }

  /** The user's own array, not copied. */
  public static Buffer of(double[] array) {
    return new Buffer(MemorySegment.ofArray(array), NumberType.FLOAT64, array);
  }

  @SuppressWarnings("restricted") // the one door; callers pass memory they own
  private static MemorySegment door(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** The memory itself. Only native ones may reach a vector kernel. */
  public MemorySegment segment() {
    return segment;
  }

  /** Whether the memory lies outside the Java heap, at a fixed address. */
  public boolean isNative() {
    return segment.isNative();
  }

  public NumberType type() {
    return type;
  }

  /** Number of elements. */
  public long length() {
    return segment.byteSize() / type.bytes();
  }

  /** The bytes it takes. */
  public long bytes() {
    return segment.byteSize();
  }

  /** What keeps the memory alive. */
  public Object owner() {
    return owner;
  }

  /** Elements {@code [from, from + count)} as a view of the same memory. */
  public Buffer slice(long from, long count) {
    return new Buffer(segment.asSlice(from * type.bytes(), count * type.bytes()), type, owner);
  }

  /** One element; for tests, printing and the reference backend. */
  public double get(long index) {
    return switch (type) {
      case FLOAT32 -> segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
      case FLOAT64 -> segment.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
    };
  }

  /** Sets one element, rounding once to the stored type. */
  public void set(long index, double value) {
    switch (type) {
      case FLOAT32 -> segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, (float) value);
      case FLOAT64 -> segment.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
    }
  }

  /** Copies {@code count} float32 elements from {@code from} into the start of {@code into}. */
  public void read(long from, float[] into, int count) {
    MemorySegment.copy(segment, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, into, 0, count);
  }

  /** Copies the first {@code count} floats of {@code values} to the elements from {@code from}. */
  public void write(long from, float[] values, int count) {
    MemorySegment.copy(values, 0, segment, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, count);
  }

  /** Copies all elements of a buffer of the same length and type. */
  public void copyFrom(Buffer other) {
    if (other.type != type || other.length() != length()) {
      throw new IllegalArgumentException(
          "cannot copy %d %s elements into a buffer of %d %s elements"
              .formatted(other.length(), other.type, length(), type));
    }
    segment.copyFrom(other.segment);
  }

  /** Copies {@code count} elements between two buffers of one type. */
  public static void copy(Buffer from, long start, Buffer to, long at, long count) {
    if (from.type != to.type) {
      throw new IllegalArgumentException("cannot copy %s to %s".formatted(from.type, to.type));
    }
    int bytes = from.type.bytes();
    MemorySegment.copy(from.segment, start * bytes, to.segment, at * bytes, count * bytes);
  }

  /** Sets every element. */
  public void fill(double value) {
    if (value == 0) {
      segment.fill((byte) 0);
      return;
    }
    for (long i = 0, n = length(); i < n; i++) {
      set(i, value);
    }
  }

  /** A copy of the elements, widened to double. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }

  @Override
  public String toString() {
    return length() + " x " + type + (isNative() ? " at a fixed address" : " in a Java array");
  }
}
