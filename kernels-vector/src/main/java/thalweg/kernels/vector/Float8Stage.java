package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;

/**
 * 8-bit floats in blocks, see {@link Float8}: integer arithmetic on the bits of floats.
 *
 * <p>Loops are static methods with everything in them, over windows of a constant size ({@link
 * Buffer#window}): vectors that are handed to another method, fields that are read in a loop, and
 * checks of bounds cost several times as much. Vectors have the 16 words of a group at most.
 */
final class Float8Stage implements Stage {
  private static final VectorShape SHAPE =
      FloatVector.SPECIES_PREFERRED.length() <= Float8.WORDS
          ? FloatVector.SPECIES_PREFERRED.vectorShape()
          : VectorShape.S_512_BIT;
  private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);

  /** What the JIT is to know of each vector where it comes from, see {@link Constants}. */
  private static final Class<? extends FloatVector> FLOAT_VECTOR =
      FLOATS.vectorType().asSubclass(FloatVector.class);

  private static final Class<? extends IntVector> INT_VECTOR =
      INTS.vectorType().asSubclass(IntVector.class);

  static final int LANES = FLOATS.length();
  private static final int STEP = Integer.BYTES * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int MAGNITUDE = 0x7FFFFFFF;
  private static final int BYTE_SHIFT = Integer.SIZE - Byte.SIZE - Float8.SHIFT;
  private static final int BLOCK_BITS = Integer.numberOfTrailingZeros(Float8.BLOCK);
  private static final long BYTES = Float8.BLOCK * Float.BYTES;
  private static final long QUARTER = Float8.WORDS * Float.BYTES;

  private final MemorySegment codes;
  private final MemorySegment scales;

  Float8Stage(Buffer buffer) {
    codes = buffer.segment();
    scales = Objects.requireNonNull(buffer.scales()).segment();
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    for (int start = 0; start < count; start += Float8.BLOCK) {
      long block = from + start;
      decode(codes, block, scaleOf(scales, block), scratch, at + (long) start * Float.BYTES);
    }
  }

  private static void decode(
      MemorySegment codes, long block, float scale, MemorySegment scratch, long target) {
    MemorySegment bytes = Buffer.window(codes, block, Float8.BLOCK);
    MemorySegment floats = Buffer.window(scratch, target, BYTES);
    float power = Float8.power(scale);
    float size = Math.abs(scale);
    int mask = Float8.mask(scale);
    for (int i = 0; i < Float8.BLOCK; i += STEP) {
      long at = place(i);
      IntVector words = INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, bytes, i, ORDER));
      FLOAT_VECTOR
          .cast(words.lanewise(LSHL, 24).lanewise(ASHR, BYTE_SHIFT).and(mask).reinterpretAsFloats())
          .mul(power)
          .mul(size)
          .intoMemorySegment(floats, at, ORDER);
      FLOAT_VECTOR
          .cast(words.lanewise(LSHL, 16).lanewise(ASHR, BYTE_SHIFT).and(mask).reinterpretAsFloats())
          .mul(power)
          .mul(size)
          .intoMemorySegment(floats, at + QUARTER, ORDER);
      FLOAT_VECTOR
          .cast(words.lanewise(LSHL, 8).lanewise(ASHR, BYTE_SHIFT).and(mask).reinterpretAsFloats())
          .mul(power)
          .mul(size)
          .intoMemorySegment(floats, at + 2 * QUARTER, ORDER);
      FLOAT_VECTOR
          .cast(words.lanewise(ASHR, BYTE_SHIFT).and(mask).reinterpretAsFloats())
          .mul(power)
          .mul(size)
          .intoMemorySegment(floats, at + 3 * QUARTER, ORDER);
    }
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    for (int i = count; i % Float8.BLOCK != 0; i++) {
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, 0);
    }
    for (int start = 0; start < count; start += Float8.BLOCK) {
      measure(scales, from + start, scratch, at + (long) start * Float.BYTES);
    }
    for (int start = 0; start < count; start += Float8.BLOCK) {
      encode(codes, scales, from + start, scratch, at + (long) start * Float.BYTES);
    }
  }

  /** Turns the floats of a block, in scratch memory, into codes, by the scale it has by now. */
  static void encode(
      MemorySegment codes, MemorySegment scales, long block, MemorySegment scratch, long at) {
    float scale = scaleOf(scales, block);
    float inverse = Float8.inverse(scale);
    if (inverse == 0) { // zero, or not a number: any code will do, so it is that of zero
      codes.asSlice(block, Float8.BLOCK).fill((byte) 0);
    } else if (scale < 0) {
      encodeSigned(codes, block, inverse, scratch, at);
    } else {
      encodePlain(codes, block, inverse, scratch, at);
    }
  }

  /** Sets the scale of a block by its floats, in scratch memory. */
  static void measure(MemorySegment scales, long block, MemorySegment scratch, long at) {
    MemorySegment floats = Buffer.window(scratch, at, BYTES);
    IntVector zero = INT_VECTOR.cast(IntVector.zero(INTS));
    IntVector largest = zero;
    IntVector all = zero;
    // The JIT knows the class of a vector that comes from another, not of one that a loop hands on,
    // so that is always the argument.
    for (int i = 0; i < Float8.BLOCK; i += LANES) {
      IntVector bits =
          INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, floats, (long) i * Float.BYTES, ORDER));
      largest = bits.and(MAGNITUDE).max(largest);
      all = bits.or(all);
    }
    float size = Float.intBitsToFloat(zero.max(largest).reduceLanes(MAX));
    scales.set(
        JAVA_FLOAT_UNALIGNED,
        block >>> BLOCK_BITS << 2,
        Float8.scale(size, zero.or(all).compare(LT, 0).anyTrue()));
  }

  /** The scale of the block of an element. */
  static float scaleOf(MemorySegment scales, long element) {
    return scales.get(JAVA_FLOAT_UNALIGNED, element >>> BLOCK_BITS << 2);
  }

  /** Where the floats of the first quarter of a vector of words lie, in bytes. */
  private static long place(int i) {
    if (STEP == Float8.GROUP) {
      return (long) i * Float.BYTES;
    }
    int group = i & -Float8.GROUP;
    return (long) (group + (i - group) / Integer.BYTES) * Float.BYTES;
  }

  /** Of a block without signs. */
  private static void encodePlain(
      MemorySegment codes, long block, float inverse, MemorySegment scratch, long source) {
    MemorySegment bytes = Buffer.window(codes, block, Float8.BLOCK);
    MemorySegment floats = Buffer.window(scratch, source, BYTES);
    int added = Float8.added(0);
    for (int i = 0; i < Float8.BLOCK; i += STEP) {
      long at = place(i);
      FloatVector x = FLOAT_VECTOR.cast(FloatVector.fromMemorySegment(FLOATS, floats, at, ORDER));
      IntVector words =
          INT_VECTOR
              .cast(x.mul(inverse).reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(INT_VECTOR.cast(x.reinterpretAsInts()).min(Float8.LEAST));
      x = FLOAT_VECTOR.cast(FloatVector.fromMemorySegment(FLOATS, floats, at + QUARTER, ORDER));
      words =
          INT_VECTOR
              .cast(x.mul(inverse).reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(INT_VECTOR.cast(x.reinterpretAsInts()).min(Float8.LEAST))
              .lanewise(LSHL, 8)
              .or(words);
      x = FLOAT_VECTOR.cast(FloatVector.fromMemorySegment(FLOATS, floats, at + 2 * QUARTER, ORDER));
      words =
          INT_VECTOR
              .cast(x.mul(inverse).reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(INT_VECTOR.cast(x.reinterpretAsInts()).min(Float8.LEAST))
              .lanewise(LSHL, 16)
              .or(words);
      x = FLOAT_VECTOR.cast(FloatVector.fromMemorySegment(FLOATS, floats, at + 3 * QUARTER, ORDER));
      words =
          INT_VECTOR
              .cast(x.mul(inverse).reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(INT_VECTOR.cast(x.reinterpretAsInts()).min(Float8.LEAST))
              .lanewise(LSHL, 24)
              .or(words);
      words.intoMemorySegment(bytes, i, ORDER);
    }
  }

  /** Of a block with signs. */
  private static void encodeSigned(
      MemorySegment codes, long block, float inverse, MemorySegment scratch, long source) {
    MemorySegment bytes = Buffer.window(codes, block, Float8.BLOCK);
    MemorySegment floats = Buffer.window(scratch, source, BYTES);
    int added = Float8.added(-1);
    for (int i = 0; i < Float8.BLOCK; i += STEP) {
      long at = place(i);
      IntVector x = INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, floats, at, ORDER));
      IntVector code =
          INT_VECTOR
              .cast(
                  FLOAT_VECTOR
                      .cast(x.and(MAGNITUDE).reinterpretAsFloats())
                      .mul(inverse)
                      .reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT);
      IntVector words =
          code.blend(0, code.compare(LT, Float8.LEAST)).or(x.lanewise(LSHR, 24).and(0x80));
      x = INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, floats, at + QUARTER, ORDER));
      code =
          INT_VECTOR
              .cast(
                  FLOAT_VECTOR
                      .cast(x.and(MAGNITUDE).reinterpretAsFloats())
                      .mul(inverse)
                      .reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT);
      words =
          code.blend(0, code.compare(LT, Float8.LEAST))
              .or(x.lanewise(LSHR, 24).and(0x80))
              .lanewise(LSHL, 8)
              .or(words);
      x = INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, floats, at + 2 * QUARTER, ORDER));
      code =
          INT_VECTOR
              .cast(
                  FLOAT_VECTOR
                      .cast(x.and(MAGNITUDE).reinterpretAsFloats())
                      .mul(inverse)
                      .reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT);
      words =
          code.blend(0, code.compare(LT, Float8.LEAST))
              .or(x.lanewise(LSHR, 24).and(0x80))
              .lanewise(LSHL, 16)
              .or(words);
      x = INT_VECTOR.cast(IntVector.fromMemorySegment(INTS, floats, at + 3 * QUARTER, ORDER));
      code =
          INT_VECTOR
              .cast(
                  FLOAT_VECTOR
                      .cast(x.and(MAGNITUDE).reinterpretAsFloats())
                      .mul(inverse)
                      .reinterpretAsInts())
              .add(added)
              .lanewise(ASHR, Float8.SHIFT);
      words =
          code.blend(0, code.compare(LT, Float8.LEAST))
              .or(x.lanewise(LSHR, 24).and(0x80))
              .lanewise(LSHL, 24)
              .or(words);
      words.intoMemorySegment(bytes, i, ORDER);
    }
  }
}
