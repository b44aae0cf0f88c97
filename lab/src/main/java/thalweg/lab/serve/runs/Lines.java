package thalweg.lab.serve.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a log that pictures are made of: so many of each kind that a browser can draw them,
 * in their order. Where there are more, those with the lowest and the highest loss stay.
 */
final class Lines {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern KIND = Pattern.compile("^\\{\\s*\"kind\"\\s*:\\s*\"(\\w{1,20})\"");

  /** A line's first loss: of a step its own, of an epoch that of training. */
  private static final String LOSS = "loss\":";

  private static final int LONGEST_NUMBER = 30;

  /** Of these charts are made. */
  private static final Set<String> KINDS = Set.of("start", "step", "epoch");

  private record Placed(long place, String line) {}

  private final int most;
  private final Map<String, Thinned<Placed>> byKind = new LinkedHashMap<>();
  private long count;

  /**
   * @param most of a kind that are kept, divisible by 4; one more is the last
   */
  Lines(int most) {
    this.most = most;
  }

  void add(String line) {
    kind(line)
        .filter(KINDS::contains)
        .ifPresent(kind ->
            byKind
                .computeIfAbsent(kind, _ -> new Thinned<>(most / 2, Lines::loss))
                .add(new Placed(count++, line)));
  }

  boolean isEmpty() {
    return byKind.isEmpty();
  }

  /** Whether there were more of a kind than are kept. */
  boolean areThin() {
    return byKind.values().stream().anyMatch(Thinned::isThin);
  }

  /** The kept lines as one JSON list; damaged ones are left out. */
  String json() {
    TreeSet<Placed> all = new TreeSet<>(Comparator.comparingLong(Placed::place));
    byKind.values().forEach(kept -> all.addAll(kept.all()));
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

  /** Without reading all of it; NaN where there is none. */
  private static double loss(Placed placed) {
    String line = placed.line;
    int from = line.indexOf(LOSS);
    if (from < 0) {
      return Double.NaN;
    }
    from += LOSS.length();
    int to = from;
    while (to < line.length() && to - from < LONGEST_NUMBER && ",}".indexOf(line.charAt(to)) < 0) {
      to++;
    }
    try {
      return Double.parseDouble(line.substring(from, to));
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
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
