package thalweg.lab.serve.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.text.NumberText;

/**
 * What stands behind the question mark of an address: values by name, in order; a name may come
 * several times.
 */
public record Query(Map<String, List<String>> values) {
  /** Characters in all. */
  public static final int LONGEST = 8000;

  private static final int MOST = 100;

  /**
   * Reads one.
   *
   * @param raw as it was sent, percent signs and all; null for none
   * @throws Refusal if it is too long, has too many parts, or a percent sign stands wrong
   */
  public static Query of(@Nullable String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return new Query(values);
    }
    if (raw.length() > LONGEST) {
      throw new Refusal(
          414,
          "the address has %d characters behind '?', at most %d are read; ask for less"
              .formatted(raw.length(), LONGEST));
    }
    String[] parts = raw.split("&", MOST + 1);
    if (parts.length > MOST) {
      throw new Refusal(400, "the address has more than %d parts; ask for less".formatted(MOST));
    }
    for (String part : parts) {
      if (part.isEmpty()) {
        continue; // between two &, or behind the last
      }
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Query(values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "the address is damaged: '%s' cannot be decoded".formatted(text));
    }
  }

  /**
   * Refuses names nobody reads: a misspelt one would be passed over silently.
   *
   * @throws Refusal if there is one
   */
  public void allow(Set<String> names) {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new Refusal(
            400,
            "unknown '%s' in the address; known are %s"
                .formatted(name, String.join(", ", names.stream().sorted().toList())));
      }
    }
  }

  /** All values of a name, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The value of a name that comes at most once.
   *
   * @throws Refusal if it comes twice
   */
  public Optional<String> one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new Refusal(400, "'%s' is in the address %d times".formatted(name, all.size()));
    }
    return all.stream().findFirst();
  }

  /**
   * A whole number.
   *
   * @throws Refusal if it is none, or outside {@code low} to {@code high}
   */
  public long whole(String name, long standard, long low, long high) {
    Optional<String> text = one(name);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new Refusal(
        400,
        "%s must be a whole number from %d to %d, got '%s'".formatted(name, low, high, text.get()));
  }

  /**
   * A number.
   *
   * @throws Refusal if it is none, or outside {@code low} to {@code high}
   */
  public double number(String name, double standard, double low, double high) {
    Optional<String> text = one(name);
    return text.isEmpty() ? standard : number(name, text.get(), low, high);
  }

  /**
   * Reads a number that goes by a name.
   *
   * @throws Refusal as above
   */
  public static double number(String name, String text, double low, double high) {
    try {
      double value = Double.parseDouble(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new Refusal(
        400,
        "%s must be a number from %s to %s, got '%s'"
            .formatted(name, NumberText.of(low), NumberText.of(high), text));
  }
}
