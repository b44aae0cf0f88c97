package thalweg.lab.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;

/** A recorded file as checked JSON: every access names the place when something is wrong. */
final class GoldenFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes; refused by place
          .build();

  private final Path file;
  private final JsonNode root;

  private GoldenFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static GoldenFile read(Path file, String format) {
    GoldenFile json = open(file);
    String found = json.text("format");
    if (!found.equals(format)) {
      throw new BadInput("%s: format must be %s, got '%s'".formatted(file, format, found));
    }
    return json;
  }

  /** A file of any format. */
  static GoldenFile open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new BadInput("%s is a folder; name its files, as in %s/*.json".formatted(file, file));
      }
      return new GoldenFile(file, MAPPER.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new BadInput("%s does not exist; check the name".formatted(file), e);
    } catch (JacksonException e) {
      throw new BadInput(
          "%s is not JSON: %s at line %d, column %d; record it again"
              .formatted(
                  file,
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()),
          e);
    } catch (IOException e) {
      throw new BadInput("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  BadInput bad(String place, String what) {
    return new BadInput("%s: %s %s".formatted(file, place, what));
  }

  String text(String name) {
    JsonNode node = root.path(name);
    if (!node.isTextual()) {
      throw bad(name, "must be a text, got " + said(node));
    }
    return node.textValue();
  }

  int whole(String name) {
    JsonNode node = root.path(name);
    if (!node.isInt() || node.intValue() < 0) {
      throw bad(name, "must be a whole number, got " + said(node));
    }
    return node.intValue();
  }

  boolean has(String name) {
    return root.has(name);
  }

  double number(String name) {
    JsonNode node = root.path(name);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw bad(name, "must be a number, got " + said(node));
    }
    return node.doubleValue();
  }

  JsonNode object(String name) {
    JsonNode node = root.path(name);
    if (!node.isObject()) {
      throw bad(name, "must be an object, got " + said(node));
    }
    return node;
  }

  /** The numbers at {@code a.b.c}; names with dots are passed as further steps. */
  double[] numbers(String path, String... further) {
    JsonNode node = at(path);
    for (String name : further) {
      node = node.path(name);
    }
    return numbers(node, place(path, further));
  }

  /** So many arrays of so many numbers. */
  List<double[]> rows(String path, String name, int rows, int length) {
    JsonNode node = at(path).path(name);
    String place = path + "." + name;
    if (!node.isArray() || node.size() != rows) {
      throw bad(
          place,
          "must have %d arrays, got %s".formatted(rows, node.isArray() ? node.size() : said(node)));
    }
    List<double[]> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] row = numbers(node.get(i), place + "[" + i + "]");
      if (row.length != length) {
        throw bad(
            place + "[" + i + "]", "must have %d numbers, got %d".formatted(length, row.length));
      }
      result.add(row);
    }
    return result;
  }

  /** A number, truth value, text or list of these as a Java value. */
  Object plain(String place, JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(plain(place, element)));
      return list;
    }
    throw bad(place, "must be a number, true, false, a text or a list, got " + said(node));
  }

  /** The same, and objects of these; null for null. */
  @Nullable Object plainOrNull(String place, JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        list.add(plainOrNull(place + "[" + i + "]", node.get(i)));
      }
      return list;
    }
    if (node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      node.properties()
          .forEach(entry ->
              map.put(entry.getKey(), plainOrNull(place + "." + entry.getKey(), entry.getValue())));
      return map;
    }
    return plain(place, node);
  }

  /** Numbers that may be NaN or infinite. */
  double[] anyNumbers(String path) {
    return numbers(at(path), path, true);
  }

  private double[] numbers(JsonNode node, String place) {
    return numbers(node, place, false);
  }

  private double[] numbers(JsonNode node, String place, boolean any) {
    if (!node.isArray()) {
      throw bad(place, "must be an array of numbers, got " + said(node));
    }
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).doubleValue();
      if (!node.get(i).isNumber() || !any && !Double.isFinite(values[i])) {
        throw bad(place + "[" + i + "]", "must be a number, got " + said(node.get(i)));
      }
    }
    return values;
  }

  private JsonNode at(String path) {
    JsonNode node = root;
    for (String name : path.split("\\.")) {
      node = node.path(name);
    }
    return node;
  }

  private static String place(String path, String... further) {
    return further.length == 0 ? path : path + "." + String.join(".", further);
  }

  private static String said(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String text = node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
