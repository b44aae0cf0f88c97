package thalweg.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON text and back, each as what it was: whole numbers as {@link Long}, others as
 * {@link Double} to the last bit, NaN and infinities, which JSON has no numbers for, as {@code
 * {"double": "NaN"}}.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private static final String DOUBLE = "double";

  private Json() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException for one that is neither a number, text, truth value, list or
   *     map of such
   */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(plain(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write %s as JSON".formatted(value), e);
    }
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Double number when !Double.isFinite(number) -> Map.of(DOUBLE, number.toString());
      case Float number -> plain((double) number);
      case Double _, Long _, Integer _, Boolean _, String _ -> value;
      case List<?> list -> list.stream().map(Json::plain).toList();
      case Map<?, ?> map -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, item) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("a key in a checkpoint must be text, got " + key);
          }
          plain.put(name, plain(item));
        });
        yield plain;
      }
      default ->
          throw new IllegalArgumentException(
              "a value in a checkpoint must be a number, text, true or false, a list or a map of such; got a %s, %s"
                  .formatted(value.getClass().getName(), value));
    };
  }

  /** The object that a text is; its keys to their values. */
  static Map<String, Object> readObject(Safetensors file, String key) {
    JsonNode node;
    try {
      node = MAPPER.readTree(Fields.get(file, key));
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "%s is damaged: %s is no JSON: %s".formatted(file.file(), key, e.getOriginalMessage()),
          e);
    }
    if (!node.isObject()) {
      throw new CheckpointException(
          "%s is damaged: %s is no JSON object".formatted(file.file(), key));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), value(file, entry.getValue())));
    return values;
  }

  private static Object value(Safetensors file, JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> {
        if (node.isFloatingPointNumber()) {
          yield node.doubleValue();
        }
        if (!node.canConvertToLong()) {
          throw unknown(file, node);
        }
        yield node.longValue();
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(item -> list.add(value(file, item)));
        yield list;
      }
      case OBJECT -> {
        if (node.size() == 1 && node.path(DOUBLE).isTextual()) {
          yield number(file, node);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value(file, entry.getValue())));
        yield map;
      }
      case BINARY, MISSING, NULL, POJO -> throw unknown(file, node);
    };
  }

  private static Object number(Safetensors file, JsonNode node) {
    return switch (node.path(DOUBLE).textValue()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw unknown(file, node);
    };
  }

  private static CheckpointException unknown(Safetensors file, JsonNode node) {
    return new CheckpointException(
        "%s is damaged: a value in its metadata is %s".formatted(file.file(), node));
  }
}
