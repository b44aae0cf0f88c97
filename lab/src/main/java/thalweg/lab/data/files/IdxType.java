package thalweg.lab.data.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;

/** The numbers of an IDX file, the most significant byte first. */
enum IdxType {
  UNSIGNED_BYTE(0x08, 1, "ubyte"),
  SIGNED_BYTE(0x09, 1, "byte"),
  SHORT(0x0B, 2, "short"),
  INT(0x0C, 4, "int"),
  FLOAT(0x0D, 4, "float"),
  DOUBLE(0x0E, 8, "double");

  private static final ValueLayout.OfShort SHORTS =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final int code;
  private final int bytes;
  private final String word;

  IdxType(int code, int bytes, String word) {
    this.code = code;
    this.bytes = bytes;
    this.word = word;
  }

  /** The type of the third byte of a file. */
  static Optional<IdxType> of(int code) {
    return Stream.of(values()).filter(type -> type.code == code).findFirst();
  }

  /** Of one number. */
  int bytes() {
    return bytes;
  }

  /** As file names end, in {@code train-images-idx3-ubyte}. */
  String word() {
    return word;
  }

  /** The number that begins at an offset, in bytes. */
  double at(MemorySegment file, long offset) {
    return switch (this) {
      case UNSIGNED_BYTE -> file.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
      case SIGNED_BYTE -> file.get(ValueLayout.JAVA_BYTE, offset);
      case SHORT -> file.get(SHORTS, offset);
      case INT -> file.get(INTS, offset);
      case FLOAT -> file.get(FLOATS, offset);
      case DOUBLE -> file.get(DOUBLES, offset);
    };
  }
}
