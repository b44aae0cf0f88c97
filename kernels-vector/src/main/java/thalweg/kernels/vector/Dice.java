package thalweg.kernels.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import thalweg.memory.Rounding;

/** The vector form of {@link Rounding#bits}. */
final class Dice {
  private Dice() {}

  /** 0, 1, 2, … */
  static IntVector counted(VectorSpecies<Integer> species) {
    return IntVector.zero(species).addIndex(1);
  }

  static IntVector bits(IntVector counted, int key, int first) {
    IntVector x = counted.add(first).lanewise(XOR, key);
    x = xor(x, 16).mul(Rounding.FIRST);
    x = xor(x, 15).mul(Rounding.SECOND);
    return xor(x, 16);
  }

  private static IntVector xor(IntVector x, int shift) {
    return x.lanewise(
        XOR, x.lanewise(LSHR, shift));
  }
}
