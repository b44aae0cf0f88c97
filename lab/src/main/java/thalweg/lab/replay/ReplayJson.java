package thalweg.lab.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import thalweg.text.Specs;

/** The walks as JSON, format {@code replay/1}: every value of every step, in full precision. */
public final class ReplayJson {
  private ReplayJson() {}

  /** All walks, in order. */
  public static String of(List<Replay> replays) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("format", "replay/1");
    ArrayNode walks = root.putArray("replays");
    for (Replay replay : replays) {
      ObjectNode walk =
          walks
              .addObject()
              .put("file", replay.trajectory().file().toString())
              .put("optimizer", Specs.print(replay.trajectory().rule()))
              .put("backend", replay.backend())
              .put("pass", replay.passes());
      number(walk, "max_error", replay.maximumError());
      walk.put("tolerance", replay.tolerance())
          .put("worst_step", replay.step())
          .put("worst_parameter", replay.parameter());
      ObjectNode path = walk.putObject("path");
      replay
          .path()
          .forEach((name, steps) -> {
            ArrayNode rows = path.putArray(name);
            for (double[] values : steps) {
              ArrayNode row = rows.addArray();
              for (double value : values) {
                if (Double.isFinite(value)) {
                  row.add(value);
                } else {
                  row.addNull();
                }
              }
            }
          });
    }
    return root.toString();
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
