package thalweg.lab.trace.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import thalweg.lab.compare.ComparisonJson;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Gallery;
import thalweg.lab.trace.GalleryJson;
import thalweg.lab.trace.Sweep;
import thalweg.lab.trace.SweepJson;
import thalweg.lab.trace.Swept;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceJson;
import thalweg.lab.trace.Walk;

/**
 * The numbers of a page, as many of them as a browser can draw. Where every step is kept they are
 * the file that {@code --json} writes; else each walk also has {@code every}, the steps from one
 * place to the next, and {@code last}, the step of its last place.
 *
 * @param every 1 if every step is kept
 */
record Thinned(int every) {
  private static final int MOST_PLACES = 60_000;
  private static final int MOST_OF_A_WALK = 2_000;
  private static final int FEWEST_OF_A_WALK = 200;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** For so many walks of so many steps. */
  static Thinned of(int walks, int steps) {
    int limit = Math.clamp(MOST_PLACES / Math.max(1, walks), FEWEST_OF_A_WALK, MOST_OF_A_WALK);
    return new Thinned(Math.ceilDiv(steps, limit));
  }

  /** Whether every step is kept. */
  boolean whole() {
    return every == 1;
  }

  /** In words, for the reader. */
  String note() {
    return whole()
        ? "Every step is in this file."
        : "One step of %d is in this file; thalweg trace --json has all.".formatted(every);
  }

  String json(Trace trace) {
    return whole() ? TraceJson.of(trace) : tree(trace).toString();
  }

  String json(Sweep sweep) {
    return whole() ? SweepJson.of(sweep) : tree(sweep).toString();
  }

  String json(Gallery gallery) {
    if (whole()) {
      return GalleryJson.of(gallery);
    }
    ObjectNode root = MAPPER.createObjectNode().put("format", "gallery/1");
    ArrayNode traces = root.putArray("traces");
    gallery.traces().forEach(trace -> traces.add(tree(trace)));
    root.set("rates", tree(gallery.rates()));
    ArrayNode networks = root.putArray("networks");
    gallery.networks().forEach(network -> networks.add(read(ComparisonJson.compact(network))));
    return root.toString();
  }

  private JsonNode tree(Trace trace) {
    List<Walk> walks = trace.walks().stream().map(this::thin).toList();
    JsonNode root = read(TraceJson.of(new Trace(trace.request(), walks, trace.tunings())));
    for (int i = 0; i < walks.size(); i++) {
      complete(root.at("/walks/" + i), trace.request().surface(), trace.walks().get(i));
    }
    return root;
  }

  private JsonNode tree(Sweep sweep) {
    List<Swept> thin = sweep.optimizers().stream().map(swept -> swept.with(this::thin)).toList();
    JsonNode root = read(SweepJson.of(new Sweep(sweep.request(), sweep.range(), thin)));
    for (int i = 0; i < thin.size(); i++) {
      Iterator<Walk> all = sweep.optimizers().get(i).walks().iterator();
      for (JsonNode walk : root.at("/optimizers/%d/walks".formatted(i))) {
        if (!walk.isNull()) {
          complete(walk, sweep.request().surface(), all.next());
        }
      }
    }
    return root;
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a trace does not turn into JSON and back", e);
    }
  }

  /** What a walk says of itself stays that of all its steps. */
  private void complete(JsonNode thin, Surface surface, Walk all) {
    ObjectNode walk = (ObjectNode) thin;
    walk.put("every", every).put("last", all.steps());
    ArrayNode within = walk.putArray("steps_within");
    Targets.of(surface, all)
        .steps()
        .forEach(step -> {
          if (step.isPresent()) {
            within.add(step.getAsInt());
          } else {
            within.addNull();
          }
        });
  }

  private Walk thin(Walk walk) {
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
        walk.stop());
  }

  private static double[] at(double[] values, int[] kept) {
    return Arrays.stream(kept).mapToDouble(k -> values[k]).toArray();
  }
}
