package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;

/**
 * 8-bit floats in blocks, see {@link Float8}: integer arithmetic on the bits of floats.
 *
 * <p>Each loop goes over the words of all blocks at hand and does the four quarters of a block that
 * lie in them one after the other. Written out, in static methods: vectors that are handed to
 * another method, and loops of few rounds, cost several times as much.
 */
final class Float8Stage implements Stage {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int WORDS = Float8.WORDS;
  private static final int SHIFT = Float8.SHIFT;
  private static final long QUARTER = Float8.WORDS * Float.BYTES;
  private static final int MAGNITUDE = 0x7FFFFFFF;

  private final MemorySegment codes;
  private final MemorySegment scales;

  Float8Stage(Buffer buffer) {
    codes = buffer.segment();
    scales = Objects.requireNonNull(buffer.scales()).segment();
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    int blocks = (int) Float8.blocks(count);
    float[] scale = workspace.floats();
    boolean signed = false;
    for (int b = 0; b < blocks; b++) {
      scale[b] =
          scales.get(JAVA_FLOAT_UNALIGNED, (from / Float8.BLOCK + b) * Float.BYTES);
      signed |= scale[b] < 0;
    }
    if (signed) {
      decodeSigned(codes, from, blocks, scale, scratch, at);
    } else {
      decode(codes, from, blocks, scale, scratch, at);
    }
  }

  private static void decode(
      MemorySegment codes,
      long source,
      int blocks,
      float[] scales,
      MemorySegment scratch,
      long target) {
    for (int w = 0; w < blocks * WORDS; w += LANES) {
      float scale = scales[w / WORDS];
      long at = target + (long) (w + w / WORDS * (Float8.BLOCK - WORDS)) * Float.BYTES;
      IntVector word =
          IntVector.fromMemorySegment(INTS, codes, source + (long) w * Integer.BYTES, ORDER);
      IntVector code = word.lanewise(LSHL, SHIFT).and(0xFF << SHIFT);
      code.add(Float8.UNSIGNED << SHIFT)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .intoMemorySegment(scratch, at, ORDER);
      code = word.lanewise(LSHL, SHIFT - 8).and(0xFF << SHIFT);
      code.add(Float8.UNSIGNED << SHIFT)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .intoMemorySegment(scratch, at + QUARTER, ORDER);
      code = word.lanewise(LSHL, SHIFT - 16).and(0xFF << SHIFT);
      code.add(Float8.UNSIGNED << SHIFT)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .intoMemorySegment(scratch, at + 2 * QUARTER, ORDER);
      code = word.lanewise(LSHR, 24 - SHIFT).and(0xFF << SHIFT);
      code.add(Float8.UNSIGNED << SHIFT)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .intoMemorySegment(scratch, at + 3 * QUARTER, ORDER);
    }
  }

  /** Some blocks have a sign, some may not. */
  private static void decodeSigned(
      MemorySegment codes,
      long source,
      int blocks,
      float[] scales,
      MemorySegment scratch,
      long target) {
    for (int w = 0; w < blocks * WORDS; w += LANES) {
      float scale = Math.abs(scales[w / WORDS]);
      boolean signed = scales[w / WORDS] < 0;
      int mask = (signed ? 0x7F : 0xFF) << SHIFT;
      int least = (signed ? Float8.SIGNED : Float8.UNSIGNED) << SHIFT;
      int sign = signed ? ~MAGNITUDE : 0;
      long at = target + (long) (w + w / WORDS * (Float8.BLOCK - WORDS)) * Float.BYTES;
      IntVector word =
          IntVector.fromMemorySegment(INTS, codes, source + (long) w * Integer.BYTES, ORDER);
      IntVector code = word.lanewise(LSHL, SHIFT).and(mask);
      code.add(least)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .reinterpretAsInts()
          .or(word.lanewise(LSHL, 24).and(sign))
          .intoMemorySegment(scratch, at, ORDER);
      code = word.lanewise(LSHL, SHIFT - 8).and(mask);
      code.add(least)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .reinterpretAsInts()
          .or(word.lanewise(LSHL, 16).and(sign))
          .intoMemorySegment(scratch, at + QUARTER, ORDER);
      code = word.lanewise(LSHL, SHIFT - 16).and(mask);
      code.add(least)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .reinterpretAsInts()
          .or(word.lanewise(LSHL, 8).and(sign))
          .intoMemorySegment(scratch, at + 2 * QUARTER, ORDER);
      code = word.lanewise(LSHR, 24 - SHIFT).and(mask);
      code.add(least)
          .blend(0, code.compare(EQ, 0))
          .reinterpretAsFloats()
          .mul(scale)
          .reinterpretAsInts()
          .or(word.and(sign))
          .intoMemorySegment(scratch, at + 3 * QUARTER, ORDER);
    }
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    int blocks = (int) Float8.blocks(count);
    for (int i = count; i < blocks * Float8.BLOCK; i++) {
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, 0);
    }
    float[] inverse = workspace.floats();
    boolean signed = false;
    for (int b = 0; b < blocks; b++) {
      float scale = scale(scratch, at + (long) b * Float8.BLOCK * Float.BYTES);
      scales.set(JAVA_FLOAT_UNALIGNED, (from / Float8.BLOCK + b) * Float.BYTES, scale);
      inverse[b] = Math.copySign(Float8.inverse(scale), scale);
      signed |= scale < 0;
    }
    if (signed) {
      encodeSigned(codes, from, blocks, inverse, scratch, at);
    } else {
      encode(codes, from, blocks, inverse, scratch, at);
    }
    for (int b = 0; b < blocks; b++) {
      if (inverse[b] == 0) { // zero, or not a number: any code will do, so it is that of zero
        codes.asSlice(from + (long) b * Float8.BLOCK, Float8.BLOCK).fill((byte) 0);
      }
    }
  }

  private static float scale(MemorySegment scratch, long source) {
    IntVector largest = IntVector.zero(INTS);
    IntVector signs = IntVector.zero(INTS);
    for (int i = 0; i < Float8.BLOCK; i += LANES) {
      IntVector bits =
          IntVector.fromMemorySegment(INTS, scratch, source + (long) i * Float.BYTES, ORDER);
      largest = largest.max(bits.and(MAGNITUDE));
      signs = signs.or(bits);
    }
    return Float8.scale(
        Float.intBitsToFloat(largest.reduceLanes(MAX)), signs.reduceLanes(OR) < 0);
  }

  private static void encode(
      MemorySegment codes,
      long target,
      int blocks,
      float[] inverses,
      MemorySegment scratch,
      long source) {
    int added = Float8.HALF - (Float8.UNSIGNED << SHIFT);
    for (int w = 0; w < blocks * WORDS; w += LANES) {
      float inverse = inverses[w / WORDS];
      long at = source + (long) (w + w / WORDS * (Float8.BLOCK - WORDS)) * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(FLOATS, scratch, at, ORDER);
      IntVector word =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.reinterpretAsInts().min(1));
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + QUARTER, ORDER);
      word =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.reinterpretAsInts().min(1))
              .lanewise(LSHL, 8)
              .or(word);
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + 2 * QUARTER, ORDER);
      word =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.reinterpretAsInts().min(1))
              .lanewise(LSHL, 16)
              .or(word);
      x = FloatVector.fromMemorySegment(FLOATS, scratch, at + 3 * QUARTER, ORDER);
      word =
          x.mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.reinterpretAsInts().min(1))
              .lanewise(LSHL, 24)
              .or(word);
      word.intoMemorySegment(codes, target + (long) w * Integer.BYTES, ORDER);
    }
  }

  /** Some blocks have a sign (a negative inverse), some may not. */
  private static void encodeSigned(
      MemorySegment codes,
      long target,
      int blocks,
      float[] inverses,
      MemorySegment scratch,
      long source) {
    for (int w = 0; w < blocks * WORDS; w += LANES) {
      float inverse = Math.abs(inverses[w / WORDS]);
      boolean signed = inverses[w / WORDS] < 0;
      int added = Float8.HALF - ((signed ? Float8.SIGNED : Float8.UNSIGNED) << SHIFT);
      int sign = signed ? 0x80 : 0;
      int floor = signed ? 0 : 1;
      long at = source + (long) (w + w / WORDS * (Float8.BLOCK - WORDS)) * Float.BYTES;
      IntVector x = IntVector.fromMemorySegment(INTS, scratch, at, ORDER);
      IntVector word =
          x.and(MAGNITUDE)
              .reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.and(MAGNITUDE).min(floor))
              .or(x.lanewise(LSHR, 24).and(sign));
      x = IntVector.fromMemorySegment(INTS, scratch, at + QUARTER, ORDER);
      word =
          x.and(MAGNITUDE)
              .reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.and(MAGNITUDE).min(floor))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 8)
              .or(word);
      x = IntVector.fromMemorySegment(INTS, scratch, at + 2 * QUARTER, ORDER);
      word =
          x.and(MAGNITUDE)
              .reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.and(MAGNITUDE).min(floor))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 16)
              .or(word);
      x = IntVector.fromMemorySegment(INTS, scratch, at + 3 * QUARTER, ORDER);
      word =
          x.and(MAGNITUDE)
              .reinterpretAsFloats()
              .mul(inverse)
              .reinterpretAsInts()
              .add(added)
              .lanewise(ASHR, SHIFT)
              .max(x.and(MAGNITUDE).min(floor))
              .or(x.lanewise(LSHR, 24).and(sign))
              .lanewise(LSHL, 24)
              .or(word);
      word.intoMemorySegment(codes, target + (long) w * Integer.BYTES, ORDER);
    }
  }
}
