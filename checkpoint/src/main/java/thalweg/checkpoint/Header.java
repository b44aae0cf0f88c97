package thalweg.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The JSON in front of the tensors: what lies where, and what the writer said. */
record Header(SequencedMap<String, TensorEntry> entries, Map<String, String> metadata) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNameLength(Safetensors.LONGEST_HEADER)
                  .maxStringLength(Safetensors.LONGEST_HEADER)
                  .build())
          .build();

  /** Reads one. */
  static Header read(Path file, byte[] bytes) {
    if (bytes[0] != '{') {
      throw new CheckpointException(
          "%s is no safetensors file: its header does not begin with {".formatted(file));
    }
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw wrong(file, "it is not UTF-8", e);
    }
    try (JsonParser json = JSON.createParser(text.array(), 0, text.length())) {
      try {
        return new Reading(file, json).header();
      } catch (JsonProcessingException e) {
        throw wrong(
            file,
            "at character %d: %s"
                .formatted(
                    json.currentLocation().getCharOffset(), firstLine(e.getOriginalMessage())),
            e);
      }
    } catch (IOException e) {
      throw Failures.cannotRead(file, e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static CheckpointException wrong(Path file, String what, @Nullable Exception cause) {
    String message =
        "%s has a header that cannot be read: %s; the file is damaged, or no safetensors"
            .formatted(file, what);
    return cause == null
        ? new CheckpointException(message)
        : new CheckpointException(message, cause);
  }

  /** The tensors must fill the rest of the file, without a gap and without sharing bytes. */
  void checkPlaces(Path file, long size) {
    List<Map.Entry<String, TensorEntry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(
        Comparator.<Map.Entry<String, TensorEntry>>comparingLong(entry -> entry.getValue().begin())
            .thenComparingLong(entry -> entry.getValue().end()));
    long end = 0;
    for (Map.Entry<String, TensorEntry> entry : ordered) {
      TensorEntry tensor = entry.getValue();
      if (tensor.begin() != end) {
        throw wrong(
            file,
            "tensor '%s' begins at byte %d, the one before ends at %d"
                .formatted(entry.getKey(), tensor.begin(), end),
            null);
      }
      end = tensor.end();
    }
    if (end > size) {
      throw new CheckpointException(
          "%s is cut short: its tensors take %d bytes, there are %d; use an older checkpoint"
              .formatted(file, end, size));
    }
    if (end < size) {
      throw new CheckpointException(
          "%s is %d bytes longer than its tensors; the file is damaged: use an older checkpoint"
              .formatted(file, size - end));
    }
  }

  /** One pass over the JSON. */
  private static final class Reading {
    private final Path file;
    private final JsonParser json;
    private final SequencedMap<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Reading(Path file, JsonParser json) {
      this.file = file;
      this.json = json;
    }

    Header header() throws IOException {
      expect(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (name.equals(Safetensors.METADATA)) {
          readMetadata();
        } else {
          entries.put(name, entry(name));
        }
      }
      expect(json.currentToken() == JsonToken.END_OBJECT, "it does not end");
      expect(json.nextToken() == null, "something follows it");
      return new Header(entries, metadata);
    }

    private void readMetadata() throws IOException {
      expect(json.nextToken() == JsonToken.START_OBJECT, "__metadata__ is no object");
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        String value = json.nextTextValue();
        if (value == null) {
          throw wrong(file, "__metadata__ '%s' is no text".formatted(key), null);
        }
        metadata.put(key, value);
      }
      expect(json.currentToken() == JsonToken.END_OBJECT, "__metadata__ does not end");
    }

    private TensorEntry entry(String name) throws IOException {
      expect(json.nextToken() == JsonToken.START_OBJECT, "tensor '%s' is no object", name);
      @Nullable String type = null;
      @Nullable List<Long> shape = null;
      @Nullable List<Long> places = null;
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        switch (key) {
          case "dtype" -> type = json.nextTextValue();
          case "shape" -> shape = sizes(name, key);
          case "data_offsets" -> places = sizes(name, key);
          default -> { // another writer may say more
            json.nextToken();
            json.skipChildren();
          }
        }
      }
      if (type == null || shape == null || places == null || places.size() != 2) {
        throw wrong(
            file, "tensor '%s' needs a dtype, a shape and two data_offsets".formatted(name), null);
      }
      return checked(name, type(name, type), shape, places.getFirst(), places.getLast());
    }

    private TensorType type(String name, String text) {
      for (TensorType type : TensorType.values()) {
        if (type.name().equals(text)) {
          return type;
        }
      }
      throw wrong(
          file,
          "tensor '%s' has the dtype '%s'; known are %s"
              .formatted(name, text, List.of(TensorType.values())),
          null);
    }

    private TensorEntry checked(
        String name, TensorType type, List<Long> shape, long begin, long end) {
      boolean fits;
      try {
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        fits = type.isWhole(elements) && begin <= end && type.bytes(elements) == end - begin;
      } catch (ArithmeticException e) {
        fits = false;
      }
      expect(
          fits,
          "tensor '%s' is %s %s, which does not take the bytes from %d to %d",
          name,
          type,
          shape,
          begin,
          end);
      return new TensorEntry(type, shape, begin, end);
    }

    private List<Long> sizes(String name, String key) throws IOException {
      expect(json.nextToken() == JsonToken.START_ARRAY, "'%s' of '%s' is no list", key, name);
      List<Long> sizes = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(
            json.currentToken() == JsonToken.VALUE_NUMBER_INT,
            "'%s' of '%s' has something that is no whole number",
            key,
            name);
        long size = json.getLongValue();
        expect(size >= 0, "'%s' of '%s' has a negative number, %d", key, name, size);
        sizes.add(size);
      }
      return sizes;
    }

    private void expect(boolean fits, String otherwise, Object... arguments) {
      if (!fits) {
        throw wrong(file, otherwise.formatted(arguments), null);
      }
    }
  }
}
