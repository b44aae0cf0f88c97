package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

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
 * <p>Loops are static methods with everything in them, and go over all blocks at hand: vectors that
 * are handed to another method, fields that are read in a loop, and loops of few rounds cost
 * several times as much. Vectors have the 16 words of a group at most.
 */
final class Float8Stage implements Stage {
  private static final VectorShape SHAPE =
      FloatVector.SPECIES_PREFERRED.length() <= Float8.WORDS
          ? FloatVector.SPECIES_PREFERRED.vectorShape()
          : VectorShape.S_512_BIT;
  private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final int LANES = FLOATS.length();
  private static final int STEP = Integer.BYTES * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int MAGNITUDE = 0x7FFFFFFF;
  private static final int BYTE_SHIFT = Integer.SIZE - Byte.SIZE - Float8.SHIFT;
  private static final int BLOCK_BITS = Integer.numberOfTrailingZeros(Float8.BLOCK);
  private static final long QUARTER = Float8.WORDS * Float.BYTES;

  private final MemorySegment codes;
  private final MemorySegment scales;

  Float8Stage(Buffer buffer) {
    codes = buffer.segment();
    scales = Objects.requireNonNull(buffer.scales()).segment();
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    int blocks = (int) Float8.blocks(count);
    decode(codes, scales, from, blocks, scratch, at);
  }

  private static void decode(
      MemorySegment codes,
      MemorySegment scales,
      long from,
      int blocks,
      MemorySegment scratch,
      long target) {
    for (int i = 0; i < blocks * Float8.BLOCK; i += STEP) {
      float scale = scaleOf(scales, from + i);
      float power = Float8.power(scale);
      float size = Math.abs(scale);
      int mask = Float8.mask(scale);
      long at = target + place(i);
      IntVector words = IntVector.fromMemorySegment(INTS, codes, from + i, ORDER);
      words
          .lanewise(LSHL, 24)
          .lanewise(ASHR, BYTE_SHIFT)
          .and(mask)
          .reinterpretAsFloats()
          .mul(power)
          .mul(size)
          .intoMemorySegment(scratch, at, ORDER);
      words
          .lanewise(LSHL, 16)
          .lanewise(ASHR, BYTE_SHIFT)
          .and(mask)
          .reinterpretAsFloats()
          .mul(power)
          .mul(size)
          .intoMemorySegment(scratch, at + QUARTER, ORDER);
      words
          .lanewise(LSHL, 8)
          .lanewise(ASHR, BYTE_SHIFT)
          .and(mask)
          .reinterpretAsFloats()
          .mul(power)
          .mul(size)
          .intoMemorySegment(scratch, at + 2 * QUARTER, ORDER);
      words
          .lanewise(ASHR, BYTE_SHIFT)
          .and(mask)
          .reinterpretAsFloats()
          .mul(power)
          .mul(size)
          .intoMemorySegment(scratch, at + 3 * QUARTER, ORDER);
    }
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    int blocks = (int) Float8.blocks(count);
    for (int i = count; i < blocks * Float8.BLOCK; i++) {
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, 0);
    }
    for (int b = 0; b < blocks; b++) {
      measure(scratch, at + (long) b * Float8.BLOCK * Float.BYTES, scales, from / Float8.BLOCK + b);
    }
    encode(codes, scales, from, blocks, scratch, at);
  }

  private static void measure(
      MemorySegment scratch, long source, MemorySegment scales, long block) {
    IntVector largest = IntVector.zero(INTS);
    IntVector all = IntVector.zero(INTS);
    for (int i = 0; i < Float8.BLOCK; i += LANES) {
      IntVector bits =
          IntVector.fromMemorySegment(INTS, scratch, source + (long) i * Float.BYTES, ORDER);
      largest = largest.max(bits.and(MAGNITUDE));
      all = all.or(bits);
    }
    settle(scales, block * Float8.BLOCK, largest.reduceLanes(MAX), all.reduceLanes(OR));
  }

  /**
   * Sets the scale of a block.
   *
   * @param largest the bits of its largest absolute value
   * @param all the bits of all its values, ored
   */
  private static void settle(MemorySegment scales, long element, int largest, int all) {
    float scale = Float8.scale(Float.intBitsToFloat(largest), all < 0);
    scales.set(JAVA_FLOAT_UNALIGNED, element >>> BLOCK_BITS << 2, scale);
  }

  /**
   * Sets the scales of blocks.
   *
   * @param marks where the marks of the first block lie, see {@link Layout#marks}
   * @param from first element, of a block
   */
  static void settle(
      MemorySegment scratch, long marks, MemorySegment scales, long from, int blocks) {
    for (int b = 0; b < blocks; b++) {
      long at = marks + (long) b * Layout.MARK_BYTES;
      IntVector largest = IntVector.fromMemorySegment(INTS, scratch, at, ORDER);
      IntVector all = IntVector.fromMemorySegment(INTS, scratch, at + Layout.MARK_BYTES / 2, ORDER);
      settle(scales, from + (long) b * Float8.BLOCK, largest.reduceLanes(MAX), all.reduceLanes(OR));
    }
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

  /**
   * Turns floats into codes, by scales that are there already.
   *
   * @param from first element, of a block
   */
  private static void encode(
      MemorySegment codes,
      MemorySegment scales,
      long from,
      int blocks,
      MemorySegment scratch,
      long source) {
    boolean signed = false;
    boolean empty = false;
    for (int b = 0; b < blocks; b++) {
      float scale = scaleOf(scales, from + (long) b * Float8.BLOCK);
      signed |= scale < 0;
      empty |= Float8.inverse(scale) == 0;
    }
    if (signed) {
      encodeSigned(codes, scales, from, blocks, scratch, source);
    } else {
      encodePlain(codes, scales, from, blocks, scratch, source);
    }
    if (empty) {
      clear(codes, scales, from, blocks);
    }
  }

  /** In blocks that are zero, or not a number, any code will do, so it is that of zero. */
  static void clear(MemorySegment codes, MemorySegment scales, long from, int blocks) {
    for (int b = 0; b < blocks; b++) {
      long block = from + (long) b * Float8.BLOCK;
      if (Float8.inverse(scaleOf(scales, block)) == 0) {
        codes.asSlice(block, Float8.BLOCK).fill((byte) 0);
      }
    }
  }

  /** Of blocks without signs. */
  private static void encodePlain(
      MemorySegment codes,
      MemorySegment scales,
      long from,
      int blocks,
      MemorySegment scratch,
      long source) {
    int added = Float8.added(0);
    for (int i = 0; i < blocks * Float8.BLOCK; i += STEP) {
      float inverse = Float8.inverse(scaleOf(scales, from + i));
      long at = source + place(i);
      FloatVector x = FloatVector.fromMemorySegment(FLOATS, scratch, at, ORDER);
      IntVector words =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(x.reinterpretAsInts().min(Float8.LEAST));
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + QUARTER, ORDER);
      words =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(x.reinterpretAsInts().min(Float8.LEAST))
              .lanewise(LSHL, 8)
              .or(words);
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + 2 * QUARTER, ORDER);
      words =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(x.reinterpretAsInts().min(Float8.LEAST))
              .lanewise(LSHL, 16)
              .or(words);
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + 3 * QUARTER, ORDER);
      words =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(x.reinterpretAsInts().min(Float8.LEAST))
              .lanewise(LSHL, 24)
              .or(words);
      words.intoMemorySegment(codes, from + i, ORDER);
    }
  }

  /** Of blocks of which some have signs. */
  private static void encodeSigned(
      MemorySegment codes,
      MemorySegment scales,
      long from,
      int blocks,
      MemorySegment scratch,
      long source) {
    for (int i = 0; i < blocks * Float8.BLOCK; i += STEP) {
      float scale = scaleOf(scales, from + i);
      float inverse = Float8.inverse(scale);
      int added = Float8.added(scale);
      int floor = scale < 0 ? 0 : Float8.LEAST;
      int least = scale < 0 ? Float8.LEAST : 0;
      int sign = scale < 0 ? 0x80 : 0;
      long at = source + place(i);
      IntVector x = IntVector.fromMemorySegment(INTS, scratch, at, ORDER);
      IntVector size = x.and(MAGNITUDE);
      IntVector code =
          size.reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(size.min(floor));
      IntVector words = code.blend(0, code.compare(LT, least)).or(x.lanewise(LSHR, 24).and(sign));
      x = IntVector.fromMemorySegment(INTS, scratch, at + QUARTER, ORDER);
      size = x.and(MAGNITUDE);
      code =
          size.reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(size.min(floor));
      words =
          code.blend(0, code.compare(LT, least))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 8)
              .or(words);
      x = IntVector.fromMemorySegment(INTS, scratch, at + 2 * QUARTER, ORDER);
      size = x.and(MAGNITUDE);
      code =
          size.reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(size.min(floor));
      words =
          code.blend(0, code.compare(LT, least))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 16)
              .or(words);
      x = IntVector.fromMemorySegment(INTS, scratch, at + 3 * QUARTER, ORDER);
      size = x.and(MAGNITUDE);
      code =
          size.reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, Float8.SHIFT)
              .max(size.min(floor));
      words =
          code.blend(0, code.compare(LT, least))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 24)
              .or(words);
      words.intoMemorySegment(codes, from + i, ORDER);
    }
  }
}
