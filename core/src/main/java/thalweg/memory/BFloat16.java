package thalweg.memory;

/** The upper half of a float32, as bits. */
public final class BFloat16 {
  private static final int QUIET = 0x40;

  private BFloat16() {}

  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest one; of two, the even one. */
  public static short nearest(float value) {
    int bits = Float.floatToRawIntBits(value);
    return rounded(bits, 0x7FFF + ((bits >>> 16) & 1));
  }

  /**
   * One of the two neighbours, by chance.
   *
   * @param random of which the lower 16 bits count
   */
  public static short stochastic(float value, int random) {
    return rounded(Float.floatToRawIntBits(value), random & 0xFFFF);
  }

  private static short rounded(int bits, int added) {
    boolean nan = (bits & 0x7FFFFFFF) > 0x7F800000;
    return (short) (nan ? (bits >>> 16) | QUIET : (bits + added) >>> 16);
  }
}
