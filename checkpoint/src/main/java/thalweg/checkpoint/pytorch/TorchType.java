package thalweg.checkpoint.pytorch;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import thalweg.checkpoint.TensorType;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

/**
 * The kinds of tensors that are read: how PyTorch calls them, and how their numbers lie in a file.
 */
public enum TorchType {
  FLOAT32("FloatStorage", 4, NumberType.FLOAT32, TensorType.F32),
  FLOAT64("DoubleStorage", 8, NumberType.FLOAT64, TensorType.F64),
  FLOAT16("HalfStorage", 2, NumberType.FLOAT16, TensorType.F16),
  BFLOAT16("BFloat16Storage", 2, NumberType.BFLOAT16, TensorType.BF16),
  INT64("LongStorage", 8, NumberType.FLOAT64, TensorType.I64),
  INT32("IntStorage", 4, NumberType.FLOAT64, TensorType.I32),
  INT16("ShortStorage", 2, NumberType.FLOAT64, TensorType.I16),
  INT8("CharStorage", 1, NumberType.FLOAT64, TensorType.I8),
  UINT8("ByteStorage", 1, NumberType.FLOAT64, TensorType.U8),
  BOOL("BoolStorage", 1, NumberType.FLOAT64, TensorType.BOOL);

  private final String storage;
  private final int bytes;
  private final NumberType numbers;
  private final TensorType safetensors;

  TorchType(String storage, int bytes, NumberType numbers, TensorType safetensors) {
    this.storage = storage;
    this.bytes = bytes;
    this.numbers = numbers;
    this.safetensors = safetensors;
  }

  /** The class of its storages in {@code torch}, such as {@code FloatStorage}. */
  String storage() {
    return storage;
  }

  /** PyTorch's name, such as {@code float32}. */
  String dtype() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that safetensors calls so, if it is read. */
  static Optional<TorchType> of(TensorType type) {
    return Arrays.stream(values()).filter(each -> each.safetensors == type).findFirst();
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * What its elements are read as: itself where there is such a type, float64 for whole numbers.
   */
  public NumberType numbers() {
    return numbers;
  }

  /** Whether its elements have a fraction. */
  public boolean isFloat() {
    return ordinal() <= BFLOAT16.ordinal();
  }

  /** The type that numbers kept like this are written as. */
  static TorchType of(NumberType type) {
    return switch (type) {
      case FLOAT32, FLOAT8 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case FLOAT16 -> FLOAT16;
      case BFLOAT16 -> BFLOAT16;
    };
  }

  /**
   * Reads elements from their bytes in a file.
   *
   * @param raw altered where the file's byte order is another than the machine's
   * @param count how many elements stand at the start of {@code raw}
   */
  void decode(byte[] raw, int count, ByteOrder order, Buffer into, long at) {
    if (isFloat()) {
      if (order != ByteOrder.nativeOrder()) {
        reverse(raw, count);
      }
      MemorySegment.copy(
          MemorySegment.ofArray(raw), 0, into.segment(), at * bytes, (long) count * bytes);
      return;
    }
    ByteBuffer whole = ByteBuffer.wrap(raw).order(order);
    for (int i = 0; i < count; i++) {
      into.set(
          at + i,
          switch (this) {
            case INT64 -> (double) whole.getLong(i * bytes);
            case INT32 -> whole.getInt(i * bytes);
            case INT16 -> whole.getShort(i * bytes);
            case INT8 -> whole.get(i);
            case UINT8 -> whole.get(i) & 0xFF;
            case BOOL -> whole.get(i) == 0 ? 0 : 1;
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> throw new AssertionError(this);
          });
    }
  }

  /**
   * The bytes of elements in the machine's order, as many as there are and fit.
   *
   * @return how many bytes
   */
  int encode(Buffer from, long at, byte[] raw) {
    int count = (int) Math.min(raw.length / bytes, from.length() - at);
    if (isFloat()) {
      MemorySegment.copy(
          from.segment(), at * bytes, MemorySegment.ofArray(raw), 0, (long) count * bytes);
      return count * bytes;
    }
    if (this != INT64) {
      throw new IllegalArgumentException("no tensor here is " + this);
    }
    ByteBuffer whole = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      whole.putLong(i * bytes, (long) from.get(at + i));
    }
    return count * bytes;
  }

  private void reverse(byte[] raw, int count) {
    for (int start = 0; start < count * bytes; start += bytes) {
      for (int i = start, j = start + bytes - 1; i < j; i++, j--) {
        byte swapped = raw[i];
        raw[i] = raw[j];
        raw[j] = swapped;
      }
    }
  }
}
