package thalweg.lab.serve.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a log that pictures are made of: so many of each kind that a browser can draw them,
 * in their order.
 */
final class Lines {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern KIND = Pattern.compile("^\\{\\s*\"kind\"\\s*:\\s*\"(\\w{1,20})\"");
  private static final int MOST_OF_A_KIND = 2000;
  private static final int MOST_KINDS = 10;

  private record Placed(long place, String line) {}

  private final Map<String, Thinned<Placed>> byKind = new LinkedHashMap<>();
  private long count;

  void add(String line) {
    Optional<String> kind = kind(line);
    if (kind.isPresent() && (byKind.containsKey(kind.get()) || byKind.size() < MOST_KINDS)) {
      byKind
          .computeIfAbsent(kind.get(), _ -> new Thinned<>(MOST_OF_A_KIND))
          .add(new Placed(count++, line));
    }
  }

  void clear() {
    byKind.clear();
  }

  /** Whether there were more of a kind than are kept. */
  boolean areThin() {
    return byKind.values().stream().anyMatch(Thinned::isThin);
  }

  /** The kept lines as one JSON list; damaged ones are left out. */
  String json() {
    List<Placed> all = new ArrayList<>();
    byKind.values().forEach(kept -> all.addAll(kept.all()));
    all.sort((a, b) -> Long.compare(a.place, b.place));
    StringBuilder list = new StringBuilder("[");
    for (Placed one : all) {
      read(one.line).ifPresent(node -> list.append(list.length() > 1 ? "," : "").append(node));
    }
    return list.append(']').toString();
  }

  /** What kind of line it is, without reading all of it. */
  static Optional<String> kind(String line) {
    Matcher matcher = KIND.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A line as JSON; empty if it is damaged. */
  static Optional<JsonNode> read(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
