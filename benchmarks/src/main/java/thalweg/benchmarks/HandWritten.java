package thalweg.benchmarks;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a careful programmer would write by hand for AdamW, and two loops that say what the machine
 * allows. Lengths are multiples of the vector length.
 */
final class HandWritten {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** A loop over one stretch of memory. */
  @FunctionalInterface
  interface Loop {
    void run(
        MemorySegment theta, MemorySegment g, MemorySegment m, MemorySegment v, int n, float[] s);
  }

  private HandWritten() {}

  /** AdamW; the scalars are β₁, 1 − β₁, β₂, 1 − β₂, 1/(1 − β₁ᵗ), 1/(1 − β₂ᵗ), ε, 1 − η λ, η. */
  static void adamW(
      MemorySegment theta, MemorySegment g, MemorySegment m, MemorySegment v, int n, float[] s) {
    FloatVector beta1 = FloatVector.broadcast(SPECIES, s[0]);
    FloatVector rest1 = FloatVector.broadcast(SPECIES, s[1]);
    FloatVector beta2 = FloatVector.broadcast(SPECIES, s[2]);
    FloatVector rest2 = FloatVector.broadcast(SPECIES, s[3]);
    FloatVector unbias1 = FloatVector.broadcast(SPECIES, s[4]);
    FloatVector unbias2 = FloatVector.broadcast(SPECIES, s[5]);
    FloatVector eps = FloatVector.broadcast(SPECIES, s[6]);
    FloatVector keep = FloatVector.broadcast(SPECIES, s[7]);
    FloatVector lr = FloatVector.broadcast(SPECIES, s[8]);
    for (int i = 0; i < n; i += SPECIES.length()) {
      long at = (long) i * Float.BYTES;
      FloatVector gradient = FloatVector.fromMemorySegment(SPECIES, g, at, ORDER);
      FloatVector mean =
          beta1.mul(FloatVector.fromMemorySegment(SPECIES, m, at, ORDER)).add(rest1.mul(gradient));
      FloatVector square =
          beta2
              .mul(FloatVector.fromMemorySegment(SPECIES, v, at, ORDER))
              .add(rest2.mul(gradient.mul(gradient)));
      FloatVector direction = unbias1.mul(mean).div(unbias2.mul(square).sqrt().add(eps));
      FloatVector next =
          keep.mul(FloatVector.fromMemorySegment(SPECIES, theta, at, ORDER)).sub(lr.mul(direction));
      mean.intoMemorySegment(m, at, ORDER);
      square.intoMemorySegment(v, at, ORDER);
      next.intoMemorySegment(theta, at, ORDER);
    }
  }

  /** The limit of memory and cache: AdamW's four loads and three stores, next to no arithmetic. */
  static void traffic(
      MemorySegment theta, MemorySegment g, MemorySegment m, MemorySegment v, int n, float[] s) {
    for (int i = 0; i < n; i += SPECIES.length()) {
      long at = (long) i * Float.BYTES;
      FloatVector gradient = FloatVector.fromMemorySegment(SPECIES, g, at, ORDER);
      FloatVector mean = FloatVector.fromMemorySegment(SPECIES, m, at, ORDER);
      FloatVector square = FloatVector.fromMemorySegment(SPECIES, v, at, ORDER);
      FloatVector next = FloatVector.fromMemorySegment(SPECIES, theta, at, ORDER);
      mean.max(gradient).intoMemorySegment(m, at, ORDER);
      square.max(gradient).intoMemorySegment(v, at, ORDER);
      next.max(gradient).intoMemorySegment(theta, at, ORDER);
    }
  }

  /** The limit of the divider: the same traffic with AdamW's one square root and one division. */
  static void divider(
      MemorySegment theta, MemorySegment g, MemorySegment m, MemorySegment v, int n, float[] s) {
    FloatVector eps = FloatVector.broadcast(SPECIES, s[6]);
    for (int i = 0; i < n; i += SPECIES.length()) {
      long at = (long) i * Float.BYTES;
      FloatVector gradient = FloatVector.fromMemorySegment(SPECIES, g, at, ORDER);
      FloatVector mean = FloatVector.fromMemorySegment(SPECIES, m, at, ORDER);
      FloatVector square = FloatVector.fromMemorySegment(SPECIES, v, at, ORDER);
      FloatVector next = FloatVector.fromMemorySegment(SPECIES, theta, at, ORDER);
      mean.max(gradient).intoMemorySegment(m, at, ORDER);
      square.max(gradient).intoMemorySegment(v, at, ORDER);
      next.max(mean.div(square.sqrt().max(eps))).intoMemorySegment(theta, at, ORDER);
    }
  }
}
