package thalweg.checkpoint.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what {@code torch.load(weights_only=True)} reads, in pickle's protocol 2: numbers, text,
 * dicts, lists, tuples, and tensors, each with a storage of its own.
 */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<TorchTensor> storages = new ArrayList<>();

  PickleWriter() {
    out.write(0x80);
    out.write(2);
  }

  /** The pickle of everything so far, which is one value. */
  byte[] finish() {
    out.write('.');
    return out.toByteArray();
  }

  /** The tensors in the order of their storages: the first's is {@code data/0}. */
  List<TorchTensor> storages() {
    return storages;
  }

  /** Python's {@code tuple} for a {@link Tuple}, {@code list} for a list, None for nothing. */
  void write(Object value) {
    switch (value) {
      case Optional<?> none when none.isEmpty() -> out.write('N');
      case Boolean flag -> out.write(flag ? 0x88 : 0x89);
      case Double real -> {
        out.write('G');
        out.writeBytes(ByteBuffer.allocate(8).putDouble(real).array());
      }
      case Long whole -> write(whole.longValue());
      case Integer whole -> write(whole.longValue());
      case String text -> write(text);
      case TorchTensor tensor -> write(tensor);
      case Tuple(List<?> items) -> {
        out.write('(');
        items.forEach(this::write);
        out.write('t');
      }
      case List<?> items -> {
        out.write(']');
        out.write('(');
        items.forEach(this::write);
        out.write('e');
      }
      case Map<?, ?> entries -> {
        out.write('}');
        out.write('(');
        entries.forEach((key, each) -> {
          write(key);
          write(each);
        });
        out.write('u');
      }
      default -> throw new IllegalArgumentException("cannot pickle a " + value.getClass());
    }
  }

  /** A Python tuple. */
  record Tuple(List<?> items) {
    static Tuple of(Object... items) {
      return new Tuple(List.of(items));
    }
  }

  private void write(long value) {
    if (value == (int) value) {
      out.write('J');
      out.writeBytes(little(4).putInt((int) value).array());
    } else {
      out.write(0x8a);
      out.write(8);
      out.writeBytes(little(8).putLong(value).array());
    }
  }

  private void write(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(little(4).putInt(utf8.length).array());
    out.writeBytes(utf8);
  }

  private void write(TorchTensor tensor) {
    name("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    out.write('(');
    write("storage");
    name("torch", tensor.type().storage());
    write(Integer.toString(storages.size()));
    write("cpu");
    write(tensor.length());
    out.write('t');
    out.write('Q');
    write(0L);
    write(new Tuple(tensor.shape()));
    write(new Tuple(strides(tensor.shape())));
    write(false);
    name("collections", "OrderedDict");
    out.write(')');
    out.write('R');
    out.write('t');
    out.write('R');
    storages.add(tensor);
  }

  private static List<Long> strides(List<Long> shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (long size : shape.reversed()) {
      strides.addFirst(stride);
      stride *= Math.max(1, size);
    }
    return strides;
  }

  private void name(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
