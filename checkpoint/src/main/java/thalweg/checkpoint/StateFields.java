package thalweg.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.StateTensor;

/**
 * An optimizer's state as tensors of a file and a field of its metadata.
 *
 * <p>8-bit floats are two tensors: under their key the codes, in the order of the elements, and
 * under {@code key.scale} the scales, one for each block of 256.
 */
final class StateFields {
  private static final String KEY = "thalweg.optimizer";
  private static final String SCALE = ".scale";

  private StateFields() {}

  /**
   * Puts a state into what will be a file.
   *
   * @param prefix in front of the name of every tensor
   */
  static void put(
      OptimizerState state,
      String prefix,
      Map<String, RawTensor> tensors,
      Map<String, String> metadata) {
    state
        .tensors()
        .forEach((key, tensor) -> {
          if (tensor.type() == NumberType.FLOAT8) {
            Buffer scales = Objects.requireNonNull(tensor.values().scales());
            put(tensors, prefix + key, RawTensor.codes(tensor.shape(), tensor.values()));
            put(tensors, prefix + key + SCALE, RawTensor.of(List.of(scales.length()), scales));
          } else {
            put(tensors, prefix + key, RawTensor.of(tensor));
          }
        });
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("updates", state.updates());
    fields.put("hyperparameters", state.hyperparameters());
    fields.put("progress", state.progress());
    metadata.put(KEY, Json.write(fields));
  }

  private static void put(Map<String, RawTensor> tensors, String name, RawTensor tensor) {
    if (tensors.put(name, tensor) != null) {
      throw new CheckpointException(
          "two tensors would be named '%s' in the file; give one of the parameters another name"
              .formatted(name));
    }
  }

  /** Whether a file holds a state. */
  static boolean isIn(Safetensors file) {
    return file.metadata().containsKey(KEY);
  }

  /** Takes a state out of a file. */
  static OptimizerState get(Safetensors file, String prefix) {
    SequencedMap<String, StateTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorEntry> entry : file.entries().entrySet()) {
      String name = entry.getKey();
      if (!name.startsWith(prefix)) {
        continue;
      }
      String key = name.substring(prefix.length());
      if (entry.getValue().type() == TensorType.U8) {
        tensors.put(key, float8(file, name));
      } else if (!isScale(file, name)) {
        tensors.put(key, file.tensor(name));
      }
    }
    Map<String, Object> fields = Json.readObject(file, KEY);
    return new OptimizerState(
        tensors,
        map(file, fields, "updates", value -> value instanceof Long count ? count : null),
        map(file, fields, "hyperparameters", value -> value instanceof String text ? text : null),
        map(
            file,
            fields,
            "progress",
            value -> value instanceof Number number ? number.doubleValue() : null));
  }

  private static boolean isScale(Safetensors file, String name) {
    if (!name.endsWith(SCALE)) {
      return false;
    }
    TensorEntry codes = file.entries().get(name.substring(0, name.length() - SCALE.length()));
    return codes != null && codes.type() == TensorType.U8;
  }

  private static StateTensor float8(Safetensors file, String name) {
    RawTensor codes = file.raw(name);
    StateTensor scales = file.tensor(name + SCALE);
    Buffer values = Buffer.allocate(codes.elements(), NumberType.FLOAT8);
    Buffer own = Objects.requireNonNull(values.scales());
    if (scales.type() != NumberType.FLOAT32 || scales.values().length() != own.length()) {
      throw new CheckpointException(
          "%s is damaged: '%s' has %s scales, its codes need %d of FLOAT32"
              .formatted(file.file(), name, scales, own.length()));
    }
    own.copyFrom(scales.values());
    byte[] part = new byte[1 << 16];
    for (long from = 0; from < codes.elements(); from += part.length) {
      int count = (int) Math.min(part.length, codes.elements() - from);
      codes.read(from, part, count);
      values.writeCodes(from, part, count);
    }
    return new StateTensor(codes.shape(), values);
  }

  private static <T> Map<String, T> map(
      Safetensors file,
      Map<String, Object> fields,
      String field,
      Function<Object, @Nullable T> as) {
    Map<String, T> result = new LinkedHashMap<>();
    if (!(fields.get(field) instanceof Map<?, ?> given)) {
      throw new CheckpointException(
          "%s is damaged: its metadata has no %s".formatted(file.file(), field));
    }
    given.forEach((key, value) -> {
      T converted = as.apply(value);
      if (converted == null) {
        throw new CheckpointException(
            "%s is damaged: %s of '%s' is %s".formatted(file.file(), field, key, value));
      }
      result.put((String) key, converted);
    });
    return result;
  }
}
