package thalweg.memory;

/** How one element is stored. What is computed with it is float32, or double on the reference. */
public enum NumberType {
  /** IEEE binary32. */
  FLOAT32(Float.BYTES),

  /** IEEE binary64; for the reference backend. */
  FLOAT64(Double.BYTES),

  /** The upper half of a float32: its range, with 8 bits of precision. */
  BFLOAT16(Short.BYTES),

  /** IEEE binary16: 11 bits of precision from 6e-8 to 65504. */
  FLOAT16(Short.BYTES),

  /** One byte an element, to a scale for each 256 elements; see {@link Float8}. For states only. */
  FLOAT8(Byte.BYTES);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element; scales come on top, see {@link #bytesFor}. */
  public int bytes() {
    return bytes;
  }

  /** Bytes of so many elements, with scales and what fills up the last block. */
  public long bytesFor(long elements) {
    return this == FLOAT8
        ? Math.multiplyExact(Float8.blocks(elements), Float8.BLOCK + Float.BYTES)
        : Math.multiplyExact(elements, bytes);
  }

  /** Whether it has half the bytes of float32, or fewer. */
  public boolean isLow() {
    return bytes < Float.BYTES;
  }
}
