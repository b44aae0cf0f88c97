package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Workspace;
import thalweg.memory.BFloat16;
import thalweg.memory.Buffer;
import thalweg.memory.Rounding;

/** The upper halves of floats, rounded to the nearest or by chance. */
final class BFloat16Stage implements Stage {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int EXPONENT = 0x7F800000;
  private static final int FRACTION = 0x7FFFFF;
  private static final int QUIET = 0x400000;

  private final MemorySegment halves;
  private final long first;
  private final @Nullable Rounding rounding;

  BFloat16Stage(Buffer buffer) {
    halves = buffer.segment();
    first = buffer.first();
    rounding = buffer.rounding();
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    long source = from * Short.BYTES;
    int whole = count & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      IntVector bits =
          (IntVector)
              ShortVector.fromMemorySegment(SHORTS, halves, source + (long) i * Short.BYTES, ORDER)
                  .convertShape(S2I, INTS, 0);
      bits.lanewise(LSHL, Short.SIZE)
          .reinterpretAsFloats()
          .intoMemorySegment(scratch, at + (long) i * Float.BYTES, ORDER);
    }
    for (int i = whole; i < count; i++) {
      short bits = halves.get(JAVA_SHORT_UNALIGNED, source + (long) i * Short.BYTES);
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, BFloat16.toFloat(bits));
    }
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    long target = from * Short.BYTES;
    int whole = count & -LANES;
    if (rounding == null) {
      nearest(target, whole, scratch, at);
    } else {
      long element = first + from;
      stochastic(target, whole, scratch, at, Rounding.keyOf(rounding.key(), element), (int) element);
    }
    for (int i = whole; i < count; i++) {
      float value = scratch.get(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
      halves.set(
          JAVA_SHORT_UNALIGNED, target + (long) i * Short.BYTES, half(value, first + from + i));
    }
  }

  private short half(float value, long element) {
    return rounding == null
        ? BFloat16.nearest(value)
        : BFloat16.stochastic(
            value, Rounding.bits(Rounding.keyOf(rounding.key(), element), (int) element));
  }

  private void nearest(long target, int whole, MemorySegment scratch, long at) {
    for (int i = 0; i < whole; i += LANES) {
      IntVector bits =
          FloatVector.fromMemorySegment(FLOATS, scratch, at + (long) i * Float.BYTES, ORDER)
              .reinterpretAsInts();
      IntVector odd = bits.lanewise(LSHR, Short.SIZE).and(1);
      store(bits, odd.add(0x7FFF), target + (long) i * Short.BYTES);
    }
  }

  private void stochastic(
      long target, int whole, MemorySegment scratch, long at, int key, int element) {
    IntVector counted = Dice.counted(INTS);
    for (int i = 0; i < whole; i += LANES) {
      IntVector bits =
          FloatVector.fromMemorySegment(FLOATS, scratch, at + (long) i * Float.BYTES, ORDER)
              .reinterpretAsInts();
      IntVector dice = Dice.bits(counted, key, element + i).and(0xFFFF);
      store(bits, dice, target + (long) i * Short.BYTES);
    }
  }

  /** Infinities and NaNs stay what they are. */
  private void store(IntVector bits, IntVector added, long target) {
    VectorMask<Integer> special = bits.and(EXPONENT).compare(EQ, EXPONENT);
    VectorMask<Integer> nan = special.and(bits.and(FRACTION).compare(NE, 0));
    IntVector kept = bits.blend(bits.or(QUIET), nan);
    ShortVector upper =
        (ShortVector)
            kept.add(added.blend(0, special))
                .lanewise(LSHR, Short.SIZE)
                .convertShape(I2S, SHORTS, 0);
    upper.intoMemorySegment(halves, target, ORDER);
  }
}
