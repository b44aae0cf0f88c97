package thalweg.lab.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.lab.BadInput;

/**
 * What earlier processes left of a comparison in its log: what was asked for, and the runs that
 * were finished. What is damaged, as the last line of a process that was killed, counts as not
 * there.
 */
final class EarlierRuns {
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<Attempt, Trained> finished = new HashMap<>();
  private final Map<Attempt, List<String>> begun = new HashMap<>();
  private final List<String> kept = new ArrayList<>();

  private EarlierRuns() {}

  /**
   * Reads a log.
   *
   * @throws BadInput if there is none, or none of a comparison that says what was asked for
   */
  static EarlierRuns of(Path file) {
    EarlierRuns earlier = new EarlierRuns();
    try {
      Files.readAllLines(file, StandardCharsets.UTF_8).forEach(earlier::take);
    } catch (IOException e) {
      throw new BadInput(
          "there is no comparison in %s (no %s that can be read); give the folder of one, or begin one with --run"
              .formatted(file.getParent(), file.getFileName()),
          e);
    }
    if (earlier.options.isEmpty()) {
      throw new BadInput(
          "the log in %s does not say what a comparison was asked for, so it cannot go on; give a folder of compare --run, or for a training run train --resume"
              .formatted(file.getParent()));
    }
    return earlier;
  }

  /** By their names, as in {@code epochs}. */
  Map<String, String> options() {
    return options;
  }

  Map<Attempt, Trained> finished() {
    return finished;
  }

  /** Lines of the log that stay: starts, and all of finished runs. */
  List<String> kept() {
    return kept;
  }

  private void take(String line) {
    try {
      JsonNode node = ComparisonJson.MAPPER.readTree(line);
      switch (node.path("kind").asText()) {
        case "start" -> start(line, node);
        case "epoch" -> begun.computeIfAbsent(attempt(node), _ -> new ArrayList<>()).add(line);
        case "run" -> run(line, node);
        default -> {
          return; // said anew
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return; // damaged
    }
  }

  private void start(String line, JsonNode node) {
    node.path("options").properties().forEach(e -> options.put(e.getKey(), e.getValue().asText()));
    kept.add(line);
  }

  private void run(String line, JsonNode node) throws JsonProcessingException {
    Attempt attempt = attempt(node);
    List<String> epochs = begun.getOrDefault(attempt, List.of());
    begun.remove(attempt);
    if (node.path("trained").isObject()) {
      finished.put(attempt, ComparisonJson.MAPPER.treeToValue(node.path("trained"), Trained.class));
      kept.addAll(epochs);
      kept.add(line);
    }
  }

  private static Attempt attempt(JsonNode node) {
    return new Attempt(
        node.path("optimizer").asText(),
        Attempt.Purpose.of(node.path("purpose").asText()),
        node.path("rate").asDouble(Double.NaN),
        node.path("seed").asLong());
  }
}
