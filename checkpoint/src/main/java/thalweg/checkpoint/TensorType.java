package thalweg.checkpoint;

import org.jspecify.annotations.Nullable;
import thalweg.memory.NumberType;

/** How a safetensors file stores one element, under the format's own names. */
public enum TensorType {
  /** IEEE binary64. */
  F64(64, NumberType.FLOAT64),
  I64(64, null),
  U64(64, null),
  /** Two float32: a complex number. */
  C64(64, null),
  /** IEEE binary32. */
  F32(32, NumberType.FLOAT32),
  I32(32, null),
  U32(32, null),
  /** IEEE binary16. */
  F16(16, NumberType.FLOAT16),
  /** The upper half of a float32. */
  BF16(16, NumberType.BFLOAT16),
  I16(16, null),
  U16(16, null),
  F8_E4M3(8, null),
  F8_E5M2(8, null),
  F8_E8M0(8, null),
  F8_E4M3FNUZ(8, null),
  F8_E5M2FNUZ(8, null),
  I8(8, null),
  U8(8, null),
  BOOL(8, null),
  F6_E3M2(6, null),
  F6_E2M3(6, null),
  F4(4, null);

  private final int bits;
  private final @Nullable NumberType number;

  TensorType(int bits, @Nullable NumberType number) {
    this.bits = bits;
    this.number = number;
  }

  /** Bits of one element. */
  public int bits() {
    return bits;
  }

  /** As which type of numbers its elements can be read; null if as none. */
  public @Nullable NumberType number() {
    return number;
  }

  /** Whether all of its elements lie at whole bytes. */
  boolean isWhole(long elements) {
    return Math.multiplyExact(elements, bits) % Byte.SIZE == 0;
  }

  /** Bytes of so many elements. */
  long bytes(long elements) {
    return Math.multiplyExact(elements, bits) / Byte.SIZE;
  }

  /** What elements of a type are stored as; {@code U8}, the codes, for 8-bit floats. */
  static TensorType of(NumberType type) {
    return switch (type) {
      case FLOAT64 -> F64;
      case FLOAT32 -> F32;
      case FLOAT16 -> F16;
      case BFLOAT16 -> BF16;
      case FLOAT8 -> U8;
    };
  }
}
