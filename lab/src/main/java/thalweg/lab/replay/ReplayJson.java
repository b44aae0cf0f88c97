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
  public static String of(List<? extends Recorded> replays) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("format", "replay/1");
    ArrayNode walks = root.putArray("replays");
    for (Recorded recorded : replays) {
      switch (recorded) {
        case Replay replay -> trajectory(walks.addObject(), replay);
        case ScheduleReplay replay -> schedule(walks.addObject(), replay);
      }
    }
    return root.toString();
  }

  private static void schedule(ObjectNode walk, ScheduleReplay replay) {
    walk.put("file", replay.recording().file().toString())
        .put("schedule", replay.recording().schedule().toString())
        .put("pass", replay.passes());
    number(walk, "max_error", replay.maximumError());
    walk.put("tolerance", ScheduleReplay.TOLERANCE).put("worst_update", replay.update());
    row(walk.putArray("lr"), replay.lr());
  }

  private static void trajectory(ObjectNode walk, Replay replay) {
    walk.put("file", replay.trajectory().file().toString())
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
            row(rows.addArray(), values);
          }
        });
  }

  private static void row(ArrayNode row, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        row.add(value);
      } else {
        row.addNull();
      }
    }
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
