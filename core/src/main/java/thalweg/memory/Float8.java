package thalweg.memory;

/**
 * 8-bit floats in blocks: each block of 256 elements has a float32 scale, its largest absolute
 * value, and each element a byte that says how much of it.
 *
 * <p>The byte is the upper part of a float between 0 and 1: exponent, and 3 bits after the point,
 * so 8 steps for every factor of 2. Code 0 is zero and the top code is 1, the scale itself. A block
 * without negative numbers uses all 255 codes, down to 1.25 · 2^-32 of its scale (a running mean of
 * squares); any other has a sign and 127 codes, down to 1.25 · 2^-16 (a running mean). Which of the
 * two it is, is the sign of its scale: a block with a sign has a negative one.
 *
 * <p>In memory, the codes of a block are 64 words of 4 bytes: byte {@code b} of word {@code w} is
 * element {@code 64 b + w}. So any vector length takes its elements with shifts alone.
 *
 * <p>Numbers are rounded to the nearest code above 0. What is more than half a step below the
 * smallest becomes zero in a block with a sign, and the smallest in one without: a root of it may
 * be divided by. NaN or ∞ makes the whole block NaN; a block of nothing but subnormal numbers
 * becomes zero.
 */
public final class Float8 {
  /** Elements with one scale. */
  public static final int BLOCK = 256;

  /** Words of one block. */
  public static final int WORDS = BLOCK / Integer.BYTES;

  /** Bits of a float32 that a code leaves away. */
  public static final int SHIFT = 20;

  /** What the code of 1 has become after that shift, less 255 or 127. */
  public static final int UNSIGNED = (127 << 3) - 255;

  public static final int SIGNED = (127 << 3) - 127;

  /** Half of a step, for rounding to the nearest. */
  public static final int HALF = 1 << (SHIFT - 1);

  private Float8() {}

  /** How many blocks hold so many elements. */
  public static long blocks(long elements) {
    return Math.ceilDiv(elements, BLOCK);
  }

  /** Where the byte of an element lies. */
  static long place(long element) {
    long within = element % BLOCK;
    return element - within + within % WORDS * Integer.BYTES + within / WORDS;
  }

  /** The number that a code stands for. */
  public static float decode(int code, float scale) {
    if (scale >= 0 || Float.isNaN(scale)) {
      return code == 0 ? 0 * scale : Float.intBitsToFloat((code + UNSIGNED) << SHIFT) * scale;
    }
    int magnitude = code & 0x7F;
    float share = magnitude == 0 ? 0 : Float.intBitsToFloat((magnitude + SIGNED) << SHIFT);
    return share * (code < 0x80 ? -scale : scale);
  }

  /**
   * The scale of a block.
   *
   * @param largest its largest absolute value, or NaN
   * @param negative whether it has a number below 0
   */
  public static float scale(float largest, boolean negative) {
    if (!(largest <= Float.MAX_VALUE)) {
      return Float.NaN;
    }
    if (largest < Float.MIN_NORMAL) {
      return 0;
    }
    return negative ? -largest : largest;
  }

  /** By what the elements of a block are multiplied before they become codes. */
  public static float inverse(float scale) {
    return scale == 0 || Float.isNaN(scale) ? 0 : 1 / Math.abs(scale);
  }

  /**
   * The code of a number that is no larger than the scale.
   *
   * @param inverse of {@link #inverse}
   */
  public static int encode(float value, float scale, float inverse) {
    if (inverse == 0) {
      return 0;
    }
    int bits = Float.floatToRawIntBits(value * inverse);
    if (scale < 0) {
      int magnitude = Math.max(0, ((bits & 0x7FFFFFFF) + HALF - (SIGNED << SHIFT)) >> SHIFT);
      return magnitude | ((bits >>> 24) & 0x80);
    }
    int floor = Math.min(Float.floatToRawIntBits(value), 1);
    return Math.max(floor, (bits + HALF - (UNSIGNED << SHIFT)) >> SHIFT);
  }
}
