package thalweg.memory;

/**
 * 8-bit floats in blocks: each block of 256 elements has a float32 scale, and each element a byte
 * that says how many times the scale.
 *
 * <p>The byte is the upper part of a small float: exponent, and 3 bits after the point, so 8 steps
 * for every factor of 2. The largest code is 1.875, and the scale such that it stands for the
 * block's largest absolute value. A block without negative numbers (a running mean of squares) has
 * codes 0 and 8 to 255, down to 2^-31 of that; any other (a running mean) a sign and codes 0 and 8
 * to 127, down to 2^-15. Which of the two it is, is the sign of its scale: a block with signs has a
 * negative one. (Codes 1 to 7 would be subnormal, on which processors are slow: only numbers below
 * 1.1e-44 have them.)
 *
 * <p>Numbers are rounded to the nearest code. Below the least one, those of a block with signs
 * become zero; in a block without signs nothing becomes zero that was not, for a root of it may be
 * divided by. NaN or ∞ makes the whole block NaN; a block of nothing but subnormal numbers becomes
 * zero.
 *
 * <p>In memory, 64 elements are 16 words of 4 bytes: byte {@code b} of word {@code w} is element
 * {@code 16 b + w}. So vectors of up to 16 lanes take their elements with shifts alone.
 */
public final class Float8 {
  /** Elements with one scale. */
  public static final int BLOCK = 256;

  /** Elements whose bytes share words. */
  public static final int GROUP = 64;

  /** Words of one group. */
  public static final int WORDS = GROUP / Integer.BYTES;

  /** Bits of a float32 that a code leaves away. */
  public static final int SHIFT = 20;

  /** The largest code. */
  public static final float TOP = 1.875f;

  /** What the exponents of codes lack of a float's, without and with signs. */
  public static final int UNSIGNED = 96;

  public static final int SIGNED = 112;

  /** The least code but 0. */
  public static final int LEAST = 8;

  private static final int FRACTION = 23;
  private static final int HALF = 1 << (SHIFT - 1);

  private Float8() {}

  /** How many blocks hold so many elements. */
  public static long blocks(long elements) {
    return Math.ceilDiv(elements, BLOCK);
  }

  /** Where the byte of an element lies. */
  static long place(long element) {
    long within = element % GROUP;
    return element - within + within % WORDS * Integer.BYTES + within / WORDS;
  }

  /** The number that a code stands for. */
  public static float decode(int code, float scale) {
    int bits = code << 24 >> (24 - SHIFT) & mask(scale);
    return Float.intBitsToFloat(bits) * power(scale) * Math.abs(scale);
  }

  /** The bits of a code, its highest moved to that of a float, that count. */
  public static int mask(float scale) {
    return scale < 0 ? 0x87F00000 : 0x0FF00000;
  }

  /** What moves the exponents of codes to where they belong. */
  public static float power(float scale) {
    return scale < 0 ? 0x1p112f : 0x1p96f;
  }

  /**
   * The scale of a block.
   *
   * @param largest its largest absolute value, or NaN
   * @param signed whether a sign bit is set in it
   */
  public static float scale(float largest, boolean signed) {
    if (!(largest <= Float.MAX_VALUE)) {
      return Float.NaN;
    }
    if (largest < Float.MIN_NORMAL) {
      return 0;
    }
    // divided, for then a block that is stored again as it was read keeps its scale to the bit
    return (signed ? -largest : largest) / TOP;
  }

  /** By what the elements of a block are multiplied before they become codes; 0 if all are 0. */
  public static float inverse(float scale) {
    return scale == 0 || Float.isNaN(scale) ? 0 : 1 / Math.abs(scale);
  }

  /** What is added to the bits of a multiple of the scale before the lower ones are cut off. */
  public static int added(float scale) {
    return HALF - ((scale < 0 ? SIGNED : UNSIGNED) << FRACTION);
  }

  /**
   * The code of a number that is no larger than the block's largest.
   *
   * @param inverse of {@link #inverse}
   */
  public static int encode(float value, float scale, float inverse) {
    if (inverse == 0) {
      return 0;
    }
    int sign = Float.floatToRawIntBits(value) >>> 31 << 7;
    int bits = Float.floatToRawIntBits(Math.abs(value) * inverse);
    int code = (bits + added(scale)) >> SHIFT;
    if (scale < 0) {
      return (code < LEAST ? 0 : code) | sign;
    }
    return Math.max(Math.min(Float.floatToRawIntBits(value), LEAST), code);
  }
}
