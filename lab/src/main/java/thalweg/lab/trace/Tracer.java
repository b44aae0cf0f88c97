package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import thalweg.lab.BadInput;
import thalweg.lab.surface.Surface;

/** Leads optimizers over a surface, each by itself and all under equal conditions. */
public final class Tracer {
  /** Numbers that the walks of one trace may hold: half a gigabyte. */
  static final long MOST_NUMBERS = 16_000_000;

  private Tracer() {}

  /**
   * Makes all walks, some at a time.
   *
   * @param threads walks at a time, at least 1; results do not depend on it
   * @throws BadInput if the request cannot be fulfilled, as {@link #check} says
   * @throws thalweg.text.SpecException if an optimizer is not one
   * @throws CancellationException if the thread is interrupted; all walks have ended then
   */
  public static Trace trace(TraceRequest request, int threads, TraceListener listener) {
    return trace(request, contenders(request), threads, listener);
  }

  /**
   * The optimizers of a request.
   *
   * @throws BadInput if the request cannot be fulfilled
   */
  static List<Contender> contenders(TraceRequest request) {
    if (request.steps() < 1) {
      throw new BadInput("--steps must be at least 1, got " + request.steps());
    }
    if (!(request.noise() >= 0) || Double.isInfinite(request.noise())) {
      throw new BadInput(
          "--noise is a standard deviation, 0 or more, got %s".formatted(request.noise()));
    }
    Surface surface = request.surface();
    if (request.start().size() != surface.dimension()) {
      throw new BadInput(
          "%s takes %d numbers and the start has %d; give as many"
              .formatted(surface.text(), surface.dimension(), request.start().size()));
    }
    List<Contender> contenders = Contender.of(request.optimizers(), request.steps());
    long each = surface.dimension() + 5L; // and with its array
    long most = MOST_NUMBERS / each / contenders.size();
    if (request.steps() > most) {
      throw new BadInput(
          "%d optimizers of %d steps in %d dimensions are too much to keep; at most %d steps"
              .formatted(contenders.size(), request.steps(), surface.dimension(), most));
    }
    double[] gradient = new double[surface.dimension()];
    double[] start = request.start().stream().mapToDouble(Double::doubleValue).toArray();
    double loss = surface.gradient(start, gradient);
    if (!Double.isFinite(loss) || !Double.isFinite(NoisySum.norm(gradient))) {
      throw new BadInput(
          "%s has no finite value and gradient at the start %s; start elsewhere"
              .formatted(surface.text(), request.start()));
    }
    return contenders;
  }

  static Trace trace(
      TraceRequest request, List<Contender> contenders, int threads, TraceListener listener) {
    int terms = Contender.terms(contenders);
    double[][] noise =
        NoisySum.noise(terms, request.start().size(), request.noise(), request.seed());
    List<Future<Walk>> walking = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, contenders.size())))) {
      for (int i = 0; i < contenders.size(); i++) {
        int index = i;
        Walker walker = new Walker(request, contenders.get(i), noise);
        walking.add(
            workers.submit(() -> {
              Walk walk = walker.walk(listener);
              listener.walked(index, walk);
              return walk;
            }));
      }
      try {
        List<Walk> walks = new ArrayList<>();
        for (Future<Walk> walk : walking) {
          walks.add(walk.get());
        }
        return new Trace(request, walks);
      } catch (InterruptedException _) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("the trace was stopped");
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw failure(e);
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }
}
