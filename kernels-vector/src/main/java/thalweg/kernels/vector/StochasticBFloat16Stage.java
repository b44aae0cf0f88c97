package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static thalweg.kernels.vector.BFloat16Stage.INFINITY;
import static thalweg.kernels.vector.BFloat16Stage.INTS;
import static thalweg.kernels.vector.BFloat16Stage.INT_VECTOR;
import static thalweg.kernels.vector.BFloat16Stage.LANES;
import static thalweg.kernels.vector.BFloat16Stage.MAGNITUDE;
import static thalweg.kernels.vector.BFloat16Stage.ORDER;
import static thalweg.kernels.vector.BFloat16Stage.QUIET;
import static thalweg.kernels.vector.BFloat16Stage.SHORTS;
import static thalweg.kernels.vector.BFloat16Stage.SHORT_VECTOR;
import static thalweg.kernels.vector.BFloat16Stage.UPPER;
import static thalweg.memory.Buffer.EVERYWHERE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import thalweg.execute.Workspace;
import thalweg.memory.BFloat16;
import thalweg.memory.Buffer;
import thalweg.memory.Rounding;

/** The upper halves of floats, rounded by chance. */
final class StochasticBFloat16Stage implements Stage {
  private final MemorySegment halves;
  private final long first;
  private final Rounding rounding;

  StochasticBFloat16Stage(Buffer buffer, Rounding rounding) {
    this.halves = buffer.segment();
    this.first = buffer.first();
    this.rounding = rounding;
  }

  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    BFloat16Stage.widen(halves, from, count, scratch, at);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    long target = from * Short.BYTES;
    int whole = count & -LANES;
    long element = first + from;
    int key = Rounding.keyOf(rounding.key(), element);
    stochastic(halves, target, whole, scratch, at, key, (int) element);
    for (int i = whole; i < count; i++) {
      float value = scratch.get(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
      int bits = Rounding.bits(Rounding.keyOf(rounding.key(), element + i), (int) (element + i));
      halves.set(
          JAVA_SHORT_UNALIGNED, target + (long) i * Short.BYTES, BFloat16.stochastic(value, bits));
    }
  }

  private static void stochastic(
      MemorySegment memory,
      long target,
      int count,
      MemorySegment scratch,
      long at,
      int key,
      int element) {
    long halves = memory.address() + target;
    long floats = scratch.address() + at;
    IntVector counted = INT_VECTOR.cast(INT_VECTOR.cast(IntVector.zero(INTS)).addIndex(1));
    for (int i = 0; i < count; i += LANES) {
      IntVector bits =
          INT_VECTOR.cast(
              IntVector.fromMemorySegment(
                  INTS, EVERYWHERE, floats + (long) i * Float.BYTES, ORDER));
      VectorMask<Integer> nan = bits.and(MAGNITUDE).compare(GT, INFINITY);
      IntVector x = counted.add(element + i).lanewise(XOR, key); // Rounding.bits
      x = x.lanewise(XOR, x.lanewise(LSHR, 16)).mul(Rounding.FIRST);
      x = x.lanewise(XOR, x.lanewise(LSHR, 15)).mul(Rounding.SECOND);
      x = x.lanewise(XOR, x.lanewise(LSHR, 16));
      SHORT_VECTOR
          .cast(
              bits.blend(bits.and(UPPER).or(QUIET), nan)
                  .add(x.and(0xFFFF))
                  .lanewise(LSHR, Short.SIZE)
                  .convertShape(I2S, SHORTS, 0))
          .intoMemorySegment(EVERYWHERE, halves + (long) i * Short.BYTES, ORDER);
    }
  }
}
