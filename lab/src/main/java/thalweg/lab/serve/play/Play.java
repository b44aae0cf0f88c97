package thalweg.lab.serve.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import thalweg.lab.picture.MapJson;
import thalweg.lab.picture.SurfaceGrid;
import thalweg.lab.serve.http.Call;
import thalweg.lab.serve.http.Refusal;
import thalweg.lab.serve.http.Site;
import thalweg.lab.serve.http.TextStream;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.TraceRequests;
import thalweg.lab.trace.Tracer;
import thalweg.lab.trace.Tuning;

/** The playground's answers: surfaces, optimizers, and the ways of one over the other. */
public final class Play {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int NODES = SurfaceGrid.SCALE_NODES;
  private static final int LEAST_NODES = 41;
  private static final double MOST_MAP_NANOS = 1e9;
  private static final long WAIT_MILLIS = 2000;
  private static final long MOST_MILLIS = 10_000;
  private static final int BUDGET = 17;
  private static final int WARM_STEPS = 2000;

  private final int threads;
  private final Computations computations;

  /**
   * @param threads that compute walks
   */
  public Play(int threads) {
    this.threads = threads;
    computations = new Computations(Math.max(2, threads), WAIT_MILLIS, MOST_MILLIS);
  }

  /** Adds the paths. */
  public void addTo(Site site) {
    ObjectNode catalogue = Views.catalogue();
    site.on("GET", "/api/play", (call, _) -> call.json(catalogue))
        .on("GET", "/api/play/surface", (call, _) -> surface(call))
        .on("GET", "/api/play/optimizers", (call, _) -> optimizers(call))
        .on("GET", "/api/play/walks", (call, _) -> walks(call))
        .on("GET", "/api/play/rates", (call, _) -> rates(call));
  }

  /**
   * Walks for nobody, so that the code is compiled when the first slider moves. Returns at once.
   */
  public void warmUp() {
    Thread.ofPlatform()
        .daemon()
        .name("warm up")
        .start(() -> {
          Surface surface = Surfaces.all().getFirst();
          TraceRequest request =
              new TraceRequest(
                  surface, TraceRequests.STANDARD_OPTIMIZERS, surface.start(), WARM_STEPS, 0, 1);
          Tracer.trace(request, 1, new WalkLines(surface));
        });
  }

  private static void optimizers(Call call) throws IOException {
    call.query().allow(Set.of(PlayRequest.OPTIMIZER));
    call.json(Views.optimizers(PlayRequest.optimizers(call.query())));
  }

  private void surface(Call call) throws IOException {
    call.query().allow(Set.of(PlayRequest.SURFACE, PlayRequest.START));
    Surface surface = PlayRequest.surface(call.query());
    PlayRequest.start(call.query(), surface); // refused before there is anything to walk
    ObjectNode json = Views.surface(PlayRequest.surfaceText(call.query()));
    json.put("text", surface.text());
    json.put("formula", surface.formula());
    json.put("dimension", surface.dimension());
    json.set("start", numbers(surface.start()));
    json.set("low", numbers(surface.box().low()));
    json.set("high", numbers(surface.box().high()));
    ArrayNode minima = json.putArray("minima");
    for (Minimum minimum : surface.minima()) {
      minima.addObject().put("value", minimum.value()).set("at", numbers(minimum.at()));
    }
    int nodes = nodes(surface);
    computations.run(
        page(call),
        () ->
            json.putRawValue(
                "map", new RawValue(MapJson.of(SurfaceGrid.of(surface, surface.start(), nodes)))));
    call.json(json);
  }

  private static Optional<String> page(Call call) {
    return call.header(Computations.PAGE_HEADER);
  }

  /** As many as are computed within a second. */
  private static int nodes(Surface surface) {
    double[] x = surface.start().stream().mapToDouble(Double::doubleValue).toArray();
    int nodes = NODES;
    long begin = System.nanoTime();
    surface.value(x);
    double once = System.nanoTime() - begin;
    if (once * nodes * nodes > MOST_MAP_NANOS) {
      begin = System.nanoTime();
      surface.value(x); // the first call is the slowest
      once = System.nanoTime() - begin;
      nodes = (int) Math.min(NODES, Math.sqrt(MOST_MAP_NANOS / once));
    }
    if (nodes < LEAST_NODES) {
      throw new Refusal(400, "this surface takes too long to compute for a map; make it simpler");
    }
    return nodes;
  }

  private static JsonNode numbers(List<Double> values) {
    return MAPPER.valueToTree(values);
  }

  private void walks(Call call) throws IOException {
    TraceRequest request = PlayRequest.of(call.query());
    JsonNode looks = Views.looks(request.optimizers()); // refused before the answer begins
    WalkLines lines = new WalkLines(request.surface());
    long begin = System.nanoTime();
    try (Computation computation =
        computations.begin(page(call), () -> Tracer.trace(request, threads, lines))) {
      computation.whenEnded(lines::end);
      computation.awaitBegin();
      try (TextStream out = call.stream("application/x-ndjson")) {
        out.send(WalkLines.first(looks));
        lines.send(out);
        out.send(last(computation, begin));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // the server ends
      }
    }
  }

  private static String last(Computation computation, long begin) {
    try {
      computation.awaitEnd();
      return WalkLines.last((System.nanoTime() - begin) / 1e6);
    } catch (RuntimeException e) {
      return WalkLines.failed(String.valueOf(e.getMessage()));
    }
  }

  /** The optimizers with the rates that are best for them here. */
  private void rates(Call call) throws IOException {
    TraceRequest request = PlayRequest.of(call.query());
    long updates = request.steps() * Tuning.walks(request, BUDGET);
    if (updates > PlayRequest.MOST_UPDATES) {
      throw new Refusal(
          400,
          "to try %d rates for %d optimizers is more than %d updates; ask for fewer steps"
              .formatted(BUDGET, request.optimizers().size(), PlayRequest.MOST_UPDATES));
    }
    ObjectNode json = MAPPER.createObjectNode().put("trials", BUDGET);
    ArrayNode optimizers = json.putArray("optimizers");
    computations.run(
        page(call),
        () ->
            Tuning.of(request, BUDGET, threads, TraceListener.NONE)
                .forEach(tuning -> optimizers.add(tuning.tuned())));
    call.json(json);
  }
}
