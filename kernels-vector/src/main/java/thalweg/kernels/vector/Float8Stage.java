package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.memory.Rounding;

/** 8-bit floats in blocks, see {@link Float8}: integer arithmetic on the bits of floats. */
final class Float8Stage implements Stage {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int QUARTER = Float8.WORDS * Float.BYTES;
  private static final int MAGNITUDE = 0x7FFFFFFF;

  private final MemorySegment codes;
  private final MemorySegment scales;
  private final long first;
  private final @Nullable Rounding rounding;

  Float8Stage(Buffer buffer) {
    codes = buffer.segment();
    scales = Objects.requireNonNull(buffer.scales()).segment();
    first = buffer.first();
    rounding = buffer.rounding();
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    for (int start = 0; start < count; start += Float8.BLOCK) {
      long block = (from + start) / Float8.BLOCK;
      float scale = scales.get(JAVA_FLOAT_UNALIGNED, block * Float.BYTES);
      long target = at + (long) start * Float.BYTES;
      if (scale < 0) {
        decodeSigned(block * Float8.BLOCK, -scale, scratch, target);
      } else {
        decode(block * Float8.BLOCK, scale, scratch, target);
      }
    }
  }

  private void decode(long source, float scale, MemorySegment scratch, long target) {
    for (int w = 0; w < Float8.WORDS; w += LANES) {
      IntVector words =
          IntVector.fromMemorySegment(INTS, codes, source + (long) w * Integer.BYTES, ORDER);
      long at = target + (long) w * Float.BYTES;
      number(words.and(0xFF), scale, scratch, at);
      number(words.lanewise(LSHR, 8).and(0xFF), scale, scratch, at + QUARTER);
      number(words.lanewise(LSHR, 16).and(0xFF), scale, scratch, at + 2 * QUARTER);
      number(words.lanewise(LSHR, 24), scale, scratch, at + 3 * QUARTER);
    }
  }

  private static void number(IntVector code, float scale, MemorySegment scratch, long at) {
    IntVector share =
        IntVector.zero(INTS)
            .blend(code.add(Float8.UNSIGNED).lanewise(LSHL, Float8.SHIFT), code.compare(NE, 0));
    share.reinterpretAsFloats().mul(scale).intoMemorySegment(scratch, at, ORDER);
  }

  private void decodeSigned(long source, float scale, MemorySegment scratch, long target) {
    for (int w = 0; w < Float8.WORDS; w += LANES) {
      IntVector words =
          IntVector.fromMemorySegment(INTS, codes, source + (long) w * Integer.BYTES, ORDER);
      long at = target + (long) w * Float.BYTES;
      signed(words.lanewise(LSHL, 24), scale, scratch, at);
      signed(words.lanewise(LSHL, 16), scale, scratch, at + QUARTER);
      signed(words.lanewise(LSHL, 8), scale, scratch, at + 2 * QUARTER);
      signed(words, scale, scratch, at + 3 * QUARTER);
    }
  }

  /**
   * @param code in the upper byte: the sign is where a float has it
   */
  private static void signed(IntVector code, float scale, MemorySegment scratch, long at) {
    IntVector magnitude = code.and(MAGNITUDE).lanewise(LSHR, 24);
    IntVector share =
        IntVector.zero(INTS)
            .blend(
                magnitude.add(Float8.SIGNED).lanewise(LSHL, Float8.SHIFT),
                magnitude.compare(NE, 0));
    share
        .reinterpretAsFloats()
        .mul(scale)
        .reinterpretAsInts()
        .or(code.and(~MAGNITUDE))
        .intoMemorySegment(scratch, at, ORDER);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    int padded = Math.toIntExact(Float8.blocks(count) * Float8.BLOCK);
    for (int i = count; i < padded; i++) {
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, 0);
    }
    for (int start = 0; start < count; start += Float8.BLOCK) {
      long block = (from + start) / Float8.BLOCK;
      long source = at + (long) start * Float.BYTES;
      float scale = scale(scratch, source);
      scales.set(JAVA_FLOAT_UNALIGNED, block * Float.BYTES, scale);
      boolean signed = scale < 0;
      float inverse = Float8.inverse(scale);
      int least = signed ? Float8.SIGNED : Float8.UNSIGNED;
      int most = signed ? 0x7F : 0xFF;
      int sign = signed ? 0x80 : 0;
      if (rounding == null) {
        nearest(block * Float8.BLOCK, scratch, source, inverse, least, most, sign);
      } else {
        long element = first + from + start;
        int key = Rounding.keyOf(rounding.key(), element);
        stochastic(
            block * Float8.BLOCK, scratch, source, inverse, least, most, sign, key, (int) element);
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

  private void nearest(
      long target,
      MemorySegment scratch,
      long source,
      float inverse,
      int least,
      int most,
      int sign) {
    IntVector half = IntVector.broadcast(INTS, Float8.HALF);
    for (int w = 0; w < Float8.WORDS; w += LANES) {
      long at = source + (long) w * Float.BYTES;
      IntVector a = code(scratch, at, inverse, half, least, most, sign);
      IntVector b = code(scratch, at + QUARTER, inverse, half, least, most, sign);
      IntVector c = code(scratch, at + 2 * QUARTER, inverse, half, least, most, sign);
      IntVector d = code(scratch, at + 3 * QUARTER, inverse, half, least, most, sign);
      pack(a, b, c, d, target + (long) w * Integer.BYTES);
    }
  }

  private void stochastic(
      long target,
      MemorySegment scratch,
      long source,
      float inverse,
      int least,
      int most,
      int sign,
      int key,
      int element) {
    IntVector counted = Dice.counted(INTS);
    for (int w = 0; w < Float8.WORDS; w += LANES) {
      long at = source + (long) w * Float.BYTES;
      int e = element + w;
      IntVector a = code(scratch, at, inverse, dice(counted, key, e), least, most, sign);
      IntVector b =
          code(
              scratch,
              at + QUARTER,
              inverse,
              dice(counted, key, e + Float8.WORDS),
              least,
              most,
              sign);
      IntVector c =
          code(
              scratch,
              at + 2 * QUARTER,
              inverse,
              dice(counted, key, e + 2 * Float8.WORDS),
              least,
              most,
              sign);
      IntVector d =
          code(
              scratch,
              at + 3 * QUARTER,
              inverse,
              dice(counted, key, e + 3 * Float8.WORDS),
              least,
              most,
              sign);
      pack(a, b, c, d, target + (long) w * Integer.BYTES);
    }
  }

  private static IntVector dice(IntVector counted, int key, int element) {
    return Dice.bits(counted, key, element).and(2 * Float8.HALF - 1);
  }

  private static IntVector code(
      MemorySegment scratch,
      long at,
      float inverse,
      IntVector added,
      int least,
      int most,
      int sign) {
    IntVector bits =
        FloatVector.fromMemorySegment(FLOATS, scratch, at, ORDER).mul(inverse).reinterpretAsInts();
    return bits.and(MAGNITUDE)
        .add(added)
        .lanewise(LSHR, Float8.SHIFT)
        .sub(least)
        .max(0)
        .min(most)
        .or(bits.lanewise(LSHR, 24).and(sign));
  }

  private void pack(IntVector a, IntVector b, IntVector c, IntVector d, long target) {
    a.or(b.lanewise(LSHL, 8))
        .or(c.lanewise(LSHL, 16))
        .or(d.lanewise(LSHL, 24))
        .intoMemorySegment(codes, target, ORDER);
  }
}
