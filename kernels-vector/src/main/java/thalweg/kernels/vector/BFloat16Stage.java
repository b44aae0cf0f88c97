package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.S2I;
import static thalweg.memory.Buffer.EVERYWHERE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import thalweg.execute.Workspace;
import thalweg.memory.BFloat16;
import thalweg.memory.Buffer;
import thalweg.memory.Rounding;

/** The upper halves of floats, rounded to the nearest. */
final class BFloat16Stage implements Stage {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int LANES = FLOATS.length();
  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

  /** What the JIT is to know of each vector where it comes from, see {@link Constants}. */
  static final Class<? extends IntVector> INT_VECTOR =
      INTS.vectorType().asSubclass(IntVector.class);

  static final Class<? extends ShortVector> SHORT_VECTOR =
      SHORTS.vectorType().asSubclass(ShortVector.class);

  static final ByteOrder ORDER = ByteOrder.nativeOrder();
  static final int MAGNITUDE = 0x7FFFFFFF;
  static final int INFINITY = 0x7F800000;
  static final int UPPER = 0xFFFF0000;
  static final int QUIET = 0x400000;

  private final MemorySegment halves;

  BFloat16Stage(Buffer buffer) {
    halves = buffer.segment();
  }

  /**
   * The one that rounds as the buffer does. Two classes, since a method with both loops is more
   * than the JIT looks into.
   */
  static Stage of(Buffer buffer) {
    Rounding rounding = buffer.rounding();
    return rounding == null
        ? new BFloat16Stage(buffer)
        : new StochasticBFloat16Stage(buffer, rounding);
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    widen(halves, from, count, scratch, at);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    long target = from * Short.BYTES;
    int whole = count & -LANES;
    nearest(halves, target, whole, scratch, at);
    for (int i = whole; i < count; i++) {
      float value = scratch.get(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
      halves.set(JAVA_SHORT_UNALIGNED, target + (long) i * Short.BYTES, BFloat16.nearest(value));
    }
  }

  /** Bfloat16 numbers as floats: what both ways of rounding fetch. */
  static void widen(MemorySegment halves, long from, int count, MemorySegment scratch, long at) {
    long source = from * Short.BYTES;
    int whole = count & -LANES;
    widenVectors(halves, source, whole, scratch, at);
    for (int i = whole; i < count; i++) {
      short bits = halves.get(JAVA_SHORT_UNALIGNED, source + (long) i * Short.BYTES);
      scratch.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, BFloat16.toFloat(bits));
    }
  }

  // Loops are static methods with everything in them, over addresses: vectors that are handed to
  // another method, fields that are read in a loop, and checks of bounds cost several times as
  // much.

  private static void widenVectors(
      MemorySegment memory, long source, int count, MemorySegment scratch, long at) {
    long halves = memory.address() + source;
    long floats = scratch.address() + at;
    for (int i = 0; i < count; i += LANES) {
      INT_VECTOR
          .cast(
              SHORT_VECTOR
                  .cast(
                      ShortVector.fromMemorySegment(
                          SHORTS, EVERYWHERE, halves + (long) i * Short.BYTES, ORDER))
                  .convertShape(S2I, INTS, 0))
          .lanewise(LSHL, Short.SIZE)
          .intoMemorySegment(EVERYWHERE, floats + (long) i * Float.BYTES, ORDER);
    }
  }

  private static void nearest(
      MemorySegment memory, long target, int count, MemorySegment scratch, long at) {
    long halves = memory.address() + target;
    long floats = scratch.address() + at;
    for (int i = 0; i < count; i += LANES) {
      IntVector bits =
          INT_VECTOR.cast(
              IntVector.fromMemorySegment(
                  INTS, EVERYWHERE, floats + (long) i * Float.BYTES, ORDER));
      VectorMask<Integer> nan = bits.and(MAGNITUDE).compare(GT, INFINITY);
      SHORT_VECTOR
          .cast(
              bits.blend(bits.and(UPPER).or(QUIET), nan) // nothing to carry into the sign
                  .add(bits.lanewise(LSHR, Short.SIZE).and(1))
                  .add(0x7FFF)
                  .lanewise(LSHR, Short.SIZE)
                  .convertShape(I2S, SHORTS, 0))
          .intoMemorySegment(EVERYWHERE, halves + (long) i * Short.BYTES, ORDER);
    }
  }
}
