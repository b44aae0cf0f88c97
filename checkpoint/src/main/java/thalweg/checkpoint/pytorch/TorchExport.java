package thalweg.checkpoint.pytorch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Failures;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.Safetensors;
import thalweg.checkpoint.TensorType;
import thalweg.memory.Buffer;

/**
 * An optimizer's state as a safetensors file: a tensor {@code PARAMETER.KEY} for each key of each
 * parameter's state, {@code state.NUMBER.KEY} where parameters have no names, and {@code
 * param_groups} as JSON in the metadata.
 */
final class TorchExport {
  private static final String GROUPS = "param_groups";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private TorchExport() {}

  /** Whether a file is to be written like this. */
  static boolean isNamed(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  /** Whether a file begins like one: a length, then JSON. */
  static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(9);
      return start.length == 9 && start[7] == 0 && start[8] == '{';
    } catch (IOException e) {
      throw Failures.cannotRead(file, e);
    }
  }

  static Map<String, TorchTensor> tensors(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      Map<String, TorchTensor> tensors = new LinkedHashMap<>();
      opened
          .entries()
          .forEach((name, entry) -> {
            RawTensor raw = opened.raw(name);
            TorchType type =
                TorchType.of(entry.type())
                    .orElseThrow(() ->
                        new CheckpointException(
                            "%s: tensor '%s' is %s, which is not read"
                                .formatted(file, Text.shown(name), entry.type())));
            tensors.put(name, new TorchTensor(type, entry.shape(), () -> values(type, raw)));
          });
      return Collections.unmodifiableMap(tensors);
    }
  }

  private static Buffer values(TorchType type, RawTensor raw) {
    Buffer into = Buffer.allocate(raw.elements(), type.numbers());
    byte[] chunk = new byte[(int) Math.min(1 << 20, raw.byteSize())];
    for (long at = 0; at < raw.elements(); ) {
      int count = (int) Math.min(chunk.length / type.bytes(), raw.elements() - at);
      MemorySegment.copy(
          raw.bytes(),
          at * type.bytes(),
          MemorySegment.ofArray(chunk),
          0,
          (long) count * type.bytes());
      type.decode(chunk, count, ByteOrder.LITTLE_ENDIAN, into, at);
      at += count;
    }
    return into;
  }

  static TorchOptimizerState optimizer(Path file) {
    JsonNode groups;
    try (Safetensors opened = Safetensors.open(file)) {
      String said = opened.metadata().get(GROUPS);
      if (said == null) {
        throw new CheckpointException(
            "%s is no export of a PyTorch optimizer: its metadata has no %s"
                .formatted(file, GROUPS));
      }
      groups = JSON.readTree(said);
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "%s: %s in its metadata is no JSON: %s"
              .formatted(file, GROUPS, Text.shown(e.getOriginalMessage())),
          e);
    }
    if (!groups.isArray()) {
      throw new CheckpointException("%s: %s in its metadata is no list".formatted(file, GROUPS));
    }
    Map<String, Map<String, TorchTensor>> byParameter = new LinkedHashMap<>();
    tensors(file)
        .forEach((name, tensor) -> {
          int dot = name.lastIndexOf('.');
          byParameter
              .computeIfAbsent(name.substring(0, Math.max(0, dot)), _ -> new LinkedHashMap<>())
              .put(name.substring(dot + 1), tensor);
        });
    List<TorchOptimizerState.Group> read = new ArrayList<>();
    groups.forEach(group -> read.add(group(file, group, byParameter)));
    if (!byParameter.isEmpty()) {
      throw new CheckpointException(
          "%s has states of parameters %s, which are in none of %s"
              .formatted(
                  file, byParameter.keySet().stream().limit(8).map(Text::shown).toList(), GROUPS));
    }
    return new TorchOptimizerState(file.toString(), read);
  }

  private static TorchOptimizerState.Group group(
      Path file, JsonNode group, Map<String, Map<String, TorchTensor>> byParameter) {
    JsonNode numbers = group.path("params");
    JsonNode names = group.path("param_names");
    if (!numbers.isArray() || group.has("param_names") && names.size() != numbers.size()) {
      throw new CheckpointException(
          "%s: a group has %d params and %d param_names"
              .formatted(file, numbers.size(), names.size()));
    }
    List<TorchOptimizerState.Entry> parameters = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Optional<String> name =
          names.isArray() ? Optional.of(names.path(i).asText()) : Optional.empty();
      Map<String, TorchTensor> state =
          byParameter.remove(name.orElse("state." + numbers.path(i).asText()));
      parameters.add(
          new TorchOptimizerState.Entry(
              numbers.path(i).asLong(), name, state == null ? Map.of() : state));
    }
    Map<String, Object> options = new LinkedHashMap<>();
    for (var option : group.properties()) {
      if (!option.getKey().equals("params") && !option.getKey().equals("param_names")) {
        options.put(option.getKey(), plain(option.getValue()));
      }
    }
    return new TorchOptimizerState.Group(options, parameters);
  }

  private static Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER ->
          value.isIntegralNumber() && value.canConvertToLong()
              ? (Object) value.longValue()
              : (Object) value.doubleValue();
      case STRING -> value.textValue();
      case ARRAY -> value.valueStream().map(TorchExport::plain).toList();
      case NULL -> Optional.empty();
      case OBJECT, BINARY, MISSING, POJO -> "an object";
    };
  }

  static void write(TorchOptimizerState state, Path file) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    List<Map<String, Object>> groups = new ArrayList<>();
    for (TorchOptimizerState.Group group : state.groups()) {
      Map<String, Object> said = new LinkedHashMap<>();
      group.options().forEach((name, value) -> said.put(name, json(value)));
      said.put(
          "params", group.parameters().stream().map(TorchOptimizerState.Entry::index).toList());
      said.put(
          "param_names",
          group.parameters().stream().map(entry -> entry.name().orElseThrow()).toList());
      groups.add(said);
      for (TorchOptimizerState.Entry entry : group.parameters()) {
        entry
            .state()
            .forEach((key, tensor) -> tensors.put(entry.name().orElseThrow() + "." + key, tensor));
      }
    }
    try {
      write(tensors, Map.of(GROUPS, JSON.writeValueAsString(groups)), file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("groups are numbers and text", e);
    }
  }

  private static Object json(Object value) {
    return switch (value) {
      case Optional<?> none when none.isEmpty() -> NullNode.instance;
      case List<?> items -> items.stream().map(TorchExport::json).toList();
      default -> value;
    };
  }

  static void write(Map<String, TorchTensor> tensors, Map<String, String> metadata, Path file) {
    Map<String, RawTensor> raw = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> raw.put(name, raw(tensor)));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("format", "pt");
    all.putAll(metadata);
    Safetensors.write(file, raw, all);
  }

  private static RawTensor raw(TorchTensor tensor) {
    Buffer values = tensor.values();
    if (tensor.type() != TorchType.INT64) {
      return RawTensor.of(tensor.shape(), values);
    }
    byte[] bytes = new byte[Math.toIntExact(values.length() * Long.BYTES)];
    TorchType.INT64.encode(values, 0, bytes);
    MemorySegment segment = MemorySegment.ofArray(bytes);
    return RawTensor.of(TensorType.I64, tensor.shape(), segment, segment);
  }
}
