package thalweg.lab.trace.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceJson;
import thalweg.lab.trace.Walk;

/**
 * As much of a trace as a browser can draw.
 *
 * @param json format trace/1; if not all is shown each walk also has {@code every}, the steps from
 *     one place to the next, and {@code last}, the step of the last place
 * @param every 1 if all is shown
 */
record Shown(Trace trace, String json, int every) {
  private static final int MOST_PLACES = 40_000;
  private static final int MOST_OF_A_WALK = 2_000;
  private static final int FEWEST_OF_A_WALK = 200;
  private static final JsonMapper MAPPER = new JsonMapper();

  static Shown of(Trace trace) {
    int limit = Math.clamp(MOST_PLACES / trace.walks().size(), FEWEST_OF_A_WALK, MOST_OF_A_WALK);
    int every = Math.ceilDiv(trace.request().steps(), limit);
    return new Shown(trace, every == 1 ? TraceJson.of(trace) : thinned(trace, every), every);
  }

  boolean whole() {
    return every == 1;
  }

  /** What the walks say of themselves stays that of all steps. */
  private static String thinned(Trace trace, int every) {
    List<Walk> walks = trace.walks().stream().map(walk -> thinned(walk, every)).toList();
    try {
      JsonNode few =
          MAPPER.readTree(TraceJson.of(new Trace(trace.request(), walks, trace.tunings())));
      for (int i = 0; i < walks.size(); i++) {
        Walk all = trace.walks().get(i);
        ObjectNode walk = (ObjectNode) few.get("walks").get(i);
        walk.put("every", every).put("last", all.steps());
        ArrayNode within = walk.putArray("steps_within");
        Targets.of(trace.request().surface(), all)
            .steps()
            .forEach(step -> {
              if (step.isPresent()) {
                within.add(step.getAsInt());
              } else {
                within.addNull();
              }
            });
      }
      return MAPPER.writeValueAsString(few);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a trace does not turn into JSON and back", e);
    }
  }

  private static Walk thinned(Walk walk, int every) {
    int[] kept =
        IntStream.concat(
                IntStream.iterate(0, k -> k < walk.steps(), k -> k + every),
                IntStream.of(walk.steps()))
            .toArray();
    return new Walk(
        walk.label(),
        walk.spec(),
        walk.canonical(),
        Arrays.stream(kept).mapToObj(k -> walk.x()[k]).toArray(double[][]::new),
        at(walk.loss(), kept),
        at(walk.gradientNorm(), kept),
        at(walk.rate(), kept),
        walk.lr().length == 0 ? walk.lr() : at(walk.lr(), kept),
        walk.leftAt());
  }

  private static double[] at(double[] values, int[] kept) {
    return Arrays.stream(kept).mapToDouble(k -> values[k]).toArray();
  }
}
