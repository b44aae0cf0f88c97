package thalweg.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 *
 * <p>Whatever the type, elements are read and written as float32 or double. Storing rounds: to the
 * nearest, or by chance where the buffer has a {@link Rounding}. A buffer may be the master of a
 * shorter one ({@link #mirroredBy}), which then always holds the same numbers, rounded.
 */
public final class Buffer {
  /**
   * All native memory, from address 0 on, for loops of vector instructions over memory that a
   * buffer holds; nothing checks where they go.
   *
   * <p>The JIT forgets all fields of a segment at each access through it. Those of a constant are
   * constants.
   */
  public static final MemorySegment EVERYWHERE = door(0, Long.MAX_VALUE);

  /** Alignment of memory allocated here, in bytes: one cache line, one AVX-512 register. */
  private static final long ALIGNMENT = 64;

  private final MemorySegment segment;
  private final NumberType type;
  private final Object owner;
  private final long length;
  private final long first;
  private final @Nullable Buffer scales;
  private final @Nullable Rounding rounding;
  private final @Nullable Buffer mirror;

  private Buffer(
      MemorySegment segment,
      NumberType type,
      Object owner,
      long length,
      long first,
      @Nullable Buffer scales,
      @Nullable Rounding rounding,
      @Nullable Buffer mirror) {
    this.segment = segment;
    this.type = type;
    this.owner = owner;
    this.length = length;
    this.first = first;
    this.scales = scales;
    this.rounding = rounding;
    this.mirror = mirror;
  }

  private Buffer(MemorySegment segment, NumberType type, Object owner, long length) {
    this(segment, type, owner, length, 0, null, null, null);
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
    if (type == NumberType.FLOAT8) {
      throw new IllegalArgumentException("FLOAT8 is a type of states, which are allocated here");
    }
    return new Buffer(door(address, length * type.bytes()), type, owner, length);
  }

  /** Fresh zeroed native memory, freed when the buffer is no longer reachable. */
  public static Buffer allocate(long length, NumberType type) {
    Arena arena = Arena.ofAuto();
    return allocate(length, type, arena, arena);
  }

  static Buffer allocate(long length, NumberType type, Arena arena, Object owner) {
    if (type == NumberType.FLOAT8) {
      long blocks = Float8.blocks(length);
      MemorySegment codes = allocateBytes(blocks * Float8.BLOCK, length, type, arena);
      Buffer scales = allocate(blocks, NumberType.FLOAT32, arena, owner);
      return new Buffer(codes, type, owner, length, 0, scales, null, null);
    }
    long bytes = Math.multiplyExact(length, type.bytes());
    return new Buffer(allocateBytes(bytes, length, type, arena), type, owner, length);
  }

  private static MemorySegment allocateBytes(
      long bytes, long length, NumberType type, Arena arena) {
    try {
      return door(arena.allocate(Math.max(bytes, 1), ALIGNMENT).address(), bytes);
    } catch (OutOfMemoryError e) {
      OutOfMemoryError clear =
          new OutOfMemoryError(
              "no room for %d elements of %s (%d bytes) outside the Java heap; the JVM allows as much as the heap there unless started with -XX:MaxDirectMemorySize=SIZE (%s)"
                  .formatted(length, type, bytes, e.getMessage()));
      clear.initCause(e);
      throw clear;
    }
  }

  /**
   * A part of native memory as a segment of its own, for a loop of vector instructions in the same
   * method: where the size is a constant, the JIT checks no access through it.
   */
  public static MemorySegment window(MemorySegment of, long from, long bytes) {
    return door(of.address() + from, bytes);
  }

  /** The user's own array, not copied. */
  public static Buffer of(float[] array) {
    return new Buffer(MemorySegment.ofArray(array), NumberType.FLOAT32, array, array.length);
  }

  /** The user's own array, not copied. */
  public static Buffer of(double[] array) {
    return new Buffer(MemorySegment.ofArray(array), NumberType.FLOAT64, array, array.length);
  }

  @SuppressWarnings("restricted") // the one door; callers pass memory they own
  private static MemorySegment door(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** The same memory, which rounds by chance from here on. */
  public Buffer rounding(Rounding by) {
    return new Buffer(segment, type, owner, length, first, scales, by, mirror);
  }

  /**
   * The same memory as the master of another: whatever is written here is written there as well,
   * rounded.
   */
  public Buffer mirroredBy(Buffer shown) {
    if (shown.length != length) {
      throw new IllegalArgumentException("%s cannot mirror %s".formatted(shown, this));
    }
    return new Buffer(segment, type, owner, length, first, scales, rounding, shown);
  }

  /** The same memory, which throws when written to: that of a mapped file. */
  public Buffer readOnly() {
    Buffer scalesRead = scales == null ? null : scales.readOnly();
    return new Buffer(segment.asReadOnly(), type, owner, length, first, scalesRead, null, null);
  }

  /** The memory itself; of FLOAT8, the codes. Only native ones may reach a vector kernel. */
  public MemorySegment segment() {
    return segment;
  }

  /** Whether the memory lies outside the Java heap, at a fixed address. */
  public boolean isNative() {
    return segment.isNative();
  }

  /** Whether a vector kernel can work on the memory as it is. */
  public boolean isPlain() {
    return isNative() && type == NumberType.FLOAT32 && mirror == null;
  }

  public NumberType type() {
    return type;
  }

  /** Number of elements. */
  public long length() {
    return length;
  }

  /** Bytes it takes, scales included. */
  public long bytes() {
    return type.bytesFor(length);
  }

  /** The number that the first element has in the whole tensor. */
  public long first() {
    return first;
  }

  /** The scales of FLOAT8, one for each block; null of all other types. */
  public @Nullable Buffer scales() {
    return scales;
  }

  /** How it rounds; null to the nearest. */
  public @Nullable Rounding rounding() {
    return rounding;
  }

  /** What shows the same numbers; null if nothing does. */
  public @Nullable Buffer mirror() {
    return mirror;
  }

  /** What keeps the memory alive. */
  public Object owner() {
    return owner;
  }

  /**
   * Elements {@code [from, from + count)} as a view of the same memory.
   *
   * @param from of FLOAT8, a multiple of {@link Float8#BLOCK}
   */
  public Buffer slice(long from, long count) {
    Buffer shown = mirror == null ? null : mirror.slice(from, count);
    if (scales == null) {
      int bytes = type.bytes();
      MemorySegment part = segment.asSlice(from * bytes, count * bytes);
      return new Buffer(part, type, owner, count, first + from, null, rounding, shown);
    }
    if (from % Float8.BLOCK != 0) {
      throw new IllegalArgumentException(
          "FLOAT8 is cut at multiples of %d, got %d".formatted(Float8.BLOCK, from));
    }
    long blocks = Float8.blocks(count);
    return new Buffer(
        segment.asSlice(from, blocks * Float8.BLOCK),
        type,
        owner,
        count,
        first + from,
        scales.slice(from / Float8.BLOCK, blocks),
        rounding,
        shown);
  }

  /** One element; for tests, printing and the reference backend. */
  public double get(long index) {
    return switch (type) {
      case FLOAT32 -> segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
      case FLOAT64 -> segment.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
      case BFLOAT16 -> BFloat16.toFloat(bits(index));
      case FLOAT16 -> Float.float16ToFloat(bits(index));
      case FLOAT8 ->
          Float8.decode(
              segment.get(JAVA_BYTE, Float8.place(index)) & 0xFF,
              (float) scalesOf().get(index / Float8.BLOCK));
    };
  }

  private short bits(long index) {
    return segment.get(JAVA_SHORT_UNALIGNED, index * Short.BYTES);
  }

  private Buffer scalesOf() {
    return Objects.requireNonNull(scales);
  }

  /**
   * Sets one element, rounding once to the stored type. Not of FLOAT8, where elements share a
   * scale: {@link #setAll}.
   */
  public void set(long index, double value) {
    switch (type) {
      case FLOAT32 -> segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, (float) value);
      case FLOAT64 -> segment.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
      case BFLOAT16, FLOAT16 ->
          segment.set(JAVA_SHORT_UNALIGNED, index * Short.BYTES, half(index, (float) value));
      case FLOAT8 -> throw new IllegalStateException("elements of FLOAT8 are set all at once");
    }
    if (mirror != null) {
      mirror.set(index, (float) value);
    }
  }

  private short half(long index, float value) {
    if (type == NumberType.FLOAT16) {
      return Float.floatToFloat16(value);
    }
    if (rounding == null) {
      return BFloat16.nearest(value);
    }
    long element = first + index;
    return BFloat16.stochastic(
        value, Rounding.bits(Rounding.keyOf(rounding.key(), element), (int) element));
  }

  /** Reads {@code count} elements from {@code from} on into the start of {@code into}. */
  public void read(long from, float[] into, int count) {
    if (type == NumberType.FLOAT32) {
      MemorySegment.copy(segment, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, into, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      into[i] = (float) get(from + i);
    }
  }

  /**
   * Whether {@code count} elements from {@code from} on are neither infinite nor NaN.
   *
   * @param scratch room for as many ints
   */
  public boolean isFinite(long from, int count, int[] scratch) {
    return switch (type) {
      case FLOAT32 -> {
        MemorySegment.copy(segment, JAVA_INT_UNALIGNED, from * Float.BYTES, scratch, 0, count);
        int largest = 0;
        for (int i = 0; i < count; i++) {
          largest = Math.max(largest, scratch[i] & 0x7FFFFFFF);
        }
        yield largest < 0x7F800000;
      }
      case BFLOAT16 -> halvesAreUnder(0x7F80, from, count, scratch);
      case FLOAT16 -> halvesAreUnder(0x7C00, from, count, scratch);
      case FLOAT64, FLOAT8 -> {
        boolean finite = true;
        for (int i = 0; i < count; i++) {
          finite &= Double.isFinite(get(from + i));
        }
        yield finite;
      }
    };
  }

  /** Two at a time; the bits of a magnitude grow with it. */
  private boolean halvesAreUnder(int infinity, long from, int count, int[] scratch) {
    int pairs = count / 2;
    MemorySegment.copy(segment, JAVA_INT_UNALIGNED, from * Short.BYTES, scratch, 0, pairs);
    int largest = count % 2 == 0 ? 0 : bits(from + count - 1) & 0x7FFF;
    for (int i = 0; i < pairs; i++) {
      largest =
          Math.max(largest, Math.max(scratch[i] & 0x7FFF, (scratch[i] >>> Short.SIZE) & 0x7FFF));
    }
    return largest < infinity;
  }

  /**
   * Writes the first {@code count} floats of {@code values} to the elements from {@code from} on.
   *
   * @param from of FLOAT8, a multiple of {@link Float8#BLOCK}; and the last block must be whole, or
   *     the last of the buffer
   */
  public void write(long from, float[] values, int count) {
    switch (type) {
      case FLOAT32 ->
          MemorySegment.copy(values, 0, segment, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, count);
      case FLOAT8 -> {
        for (int start = 0; start < count; start += Float8.BLOCK) {
          writeBlock(from + start, values, start, Math.min(Float8.BLOCK, count - start));
        }
      }
      case FLOAT64, BFLOAT16, FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          set(from + i, values[i]);
        }
      }
    }
    if (mirror != null) {
      mirror.write(from, values, count);
    }
  }

  private void writeBlock(long from, float[] values, int start, int count) {
    int largest = 0;
    int signs = 0;
    for (int i = start; i < start + count; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      largest = Math.max(largest, bits & 0x7FFFFFFF);
      signs |= bits;
    }
    float scale = Float8.scale(Float.intBitsToFloat(largest), signs < 0);
    float inverse = Float8.inverse(scale);
    for (int i = 0; i < count; i++) {
      int code = Float8.encode(values[start + i], scale, inverse);
      segment.set(JAVA_BYTE, Float8.place(from + i), (byte) code);
    }
    for (int i = count; i < Float8.BLOCK; i++) {
      segment.set(JAVA_BYTE, Float8.place(from + i), (byte) 0);
    }
    scalesOf().set(from / Float8.BLOCK, scale);
  }

  /** Copies all elements of a buffer of the same length; between types, rounds to this one's. */
  public void copyFrom(Buffer other) {
    if (other.length != length) {
      throw new IllegalArgumentException(
          "cannot copy %d %s elements into a buffer of %d %s elements"
              .formatted(other.length, other.type, length, type));
    }
    if (other.type == type) {
      segment.copyFrom(other.segment);
      if (scales != null) {
        scales.copyFrom(other.scalesOf());
      }
      if (mirror != null) {
        mirror.copyFrom(this);
      }
      return;
    }
    if (type != NumberType.FLOAT8) {
      for (long i = 0; i < length; i++) {
        set(i, other.get(i));
      }
      return;
    }
    float[] part = new float[(int) Math.min(length, 4 * Float8.BLOCK)];
    for (long from = 0; from < length; from += part.length) {
      int count = (int) Math.min(part.length, length - from);
      other.read(from, part, count);
      write(from, part, count);
    }
  }

  /** A copy in fresh memory, of the same type. */
  public Buffer copy() {
    Buffer copy = allocate(length, type);
    copy.copyFrom(this);
    return copy;
  }

  /** Copies {@code count} elements between two buffers of one type. */
  public static void copy(Buffer from, long start, Buffer to, long at, long count) {
    if (from.type != to.type) {
      throw new IllegalArgumentException("cannot copy %s to %s".formatted(from.type, to.type));
    }
    if (to.scales == null && to.mirror == null) { // a step does it, and must not make slices
      int bytes = from.type.bytes();
      MemorySegment.copy(from.segment, start * bytes, to.segment, at * bytes, count * bytes);
      return;
    }
    to.slice(at, count).copyFrom(from.slice(start, count));
  }

  /** Sets every element. */
  public void fill(double value) {
    if (value == 0) {
      segment.fill((byte) 0);
      if (scales != null) {
        scales.fill(0);
      }
      if (mirror != null) {
        mirror.fill(0);
      }
      return;
    }
    if (type == NumberType.FLOAT8) {
      double[] all = new double[Math.toIntExact(length)];
      java.util.Arrays.fill(all, value);
      setAll(all);
      return;
    }
    for (long i = 0; i < length; i++) {
      set(i, value);
    }
  }

  /** Sets all elements, rounding each once to the stored type. */
  public void setAll(double[] values) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "%d values cannot be those of %s".formatted(values.length, this));
    }
    if (type != NumberType.FLOAT8) {
      for (int i = 0; i < values.length; i++) {
        set(i, values[i]);
      }
      return;
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    write(0, floats, floats.length);
  }

  /** A copy of the elements, widened to double. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }

  /**
   * Codes of FLOAT8 elements in the elements' order, as files have them.
   *
   * @param count at most what {@code into} holds
   */
  public void readCodes(long from, byte[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = segment.get(JAVA_BYTE, Float8.place(from + i));
    }
  }

  /** Sets codes of FLOAT8 elements, given in the elements' order. */
  public void writeCodes(long from, byte[] codes, int count) {
    for (int i = 0; i < count; i++) {
      segment.set(JAVA_BYTE, Float8.place(from + i), codes[i]);
    }
  }

  @Override
  public String toString() {
    return length + " x " + type + (isNative() ? " at a fixed address" : " in a Java array");
  }
}
