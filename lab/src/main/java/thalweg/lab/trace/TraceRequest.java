package thalweg.lab.trace;

import java.util.List;
import thalweg.lab.surface.Surface;

/**
 * What is to be traced.
 *
 * @param optimizers text forms, in order
 * @param start of the surface's dimension
 * @param steps updates of each, at least 1
 * @param noise standard deviation of what is added to each component of each gradient; 0 for none
 * @param seed of the noise; the same for every optimizer, so that all see the same
 */
public record TraceRequest(
    Surface surface,
    List<String> optimizers,
    List<Double> start,
    int steps,
    double noise,
    long seed) {
  public TraceRequest {
    optimizers = List.copyOf(optimizers);
    start = List.copyOf(start);
  }

  /** With other optimizers. */
  public TraceRequest withOptimizers(List<String> others) {
    return new TraceRequest(surface, others, start, steps, noise, seed);
  }

  /** With noise of another seed. */
  public TraceRequest withSeed(long other) {
    return new TraceRequest(surface, optimizers, start, steps, noise, other);
  }
}
