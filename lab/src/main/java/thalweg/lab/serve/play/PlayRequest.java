package thalweg.lab.serve.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import thalweg.lab.serve.http.Query;
import thalweg.lab.serve.http.Refusal;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.TraceRequest;

/**
 * What an address of the playground asks for. The page's own address says it in the same words, so
 * that it can be shared.
 */
final class PlayRequest {
  static final String SURFACE = "surface";
  static final String OPTIMIZER = "optimizer";
  static final int LONGEST_SURFACE = 600;
  static final int LONGEST_OPTIMIZER = 300;
  static final int MOST_OPTIMIZERS = 40;
  static final int MOST_DIMENSIONS = 20;
  static final int MOST_STEPS = 20_000;

  /** Updates of all optimizers together. */
  static final int MOST_UPDATES = 200_000;

  static final String START = "start";
  private static final String STEPS = "steps";
  private static final String NOISE = "noise";
  private static final String SEED = "seed";
  private static final double FARTHEST = 1e9;
  static final double MOST_NOISE = 1e6;
  static final long LAST_SEED = (1L << 53) - 1; // what a page's numbers hold

  private PlayRequest() {}

  /**
   * Reads the whole of it.
   *
   * @throws Refusal if something is missing, too long or too much
   * @throws thalweg.lab.BadInput if surface or start are not ones
   */
  static TraceRequest of(Query query) {
    query.allow(Set.of(SURFACE, OPTIMIZER, START, STEPS, NOISE, SEED));
    Surface surface = surface(query);
    List<String> optimizers = optimizers(query);
    int steps = (int) query.whole(STEPS, 200, 1, MOST_STEPS);
    if ((long) steps * optimizers.size() > MOST_UPDATES) {
      throw new Refusal(
          400,
          "%d optimizers of %d steps are more than %d updates; ask for fewer of either"
              .formatted(optimizers.size(), steps, MOST_UPDATES));
    }
    return new TraceRequest(
        surface,
        optimizers,
        start(query, surface),
        steps,
        query.number(NOISE, 0, 0, MOST_NOISE),
        query.whole(SEED, 1, 0, LAST_SEED));
  }

  /** The surface alone. */
  static Surface surface(Query query) {
    String text = surfaceText(query);
    Surface surface = Surfaces.parse(text);
    if (surface.dimension() < 2 || surface.dimension() > MOST_DIMENSIONS) {
      throw new Refusal(
          400,
          "'%s' takes %d number%s; the playground shows from 2 to %d, thalweg trace more"
              .formatted(
                  text, surface.dimension(), surface.dimension() == 1 ? "" : "s", MOST_DIMENSIONS));
    }
    return surface;
  }

  /** Its text. */
  static String surfaceText(Query query) {
    return bounded(SURFACE, query.one(SURFACE).orElse("rosenbrock"), LONGEST_SURFACE);
  }

  /** The optimizers' texts. */
  static List<String> optimizers(Query query) {
    List<String> optimizers = query.all(OPTIMIZER);
    if (optimizers.isEmpty() || optimizers.size() > MOST_OPTIMIZERS) {
      throw new Refusal(
          400,
          "the playground shows from 1 to %d optimizers, got %d"
              .formatted(MOST_OPTIMIZERS, optimizers.size()));
    }
    optimizers.forEach(one -> bounded(OPTIMIZER, one, LONGEST_OPTIMIZER));
    return optimizers;
  }

  private static String bounded(String name, String text, int most) {
    if (text.length() > most) {
      throw new Refusal(
          400, "%s has %d characters, at most %d are read".formatted(name, text.length(), most));
    }
    return text;
  }

  /** The start, or the surface's own. */
  static List<Double> start(Query query, Surface surface) {
    Optional<String> text = query.one(START);
    if (text.isEmpty()) {
      return surface.start();
    }
    List<Double> start = new ArrayList<>();
    for (String number : text.get().split(",", MOST_DIMENSIONS + 1)) {
      start.add(Query.number(START, number.strip(), -FARTHEST, FARTHEST));
    }
    Surfaces.checkStart(surface, start);
    return start;
  }
}
