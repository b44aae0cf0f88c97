package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import thalweg.lab.BadInput;
import thalweg.lab.Count;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.text.NumberText;

/** Leads optimizers over a surface, each by itself and all under equal conditions. */
public final class Tracer {
  /** Numbers that the walks of one trace may hold: half a gigabyte. */
  static final long MOST_NUMBERS = 16_000_000;

  /** Numbers that the gradients of all terms may be, which each optimizer may remember. */
  static final long MOST_TERM_NUMBERS = 1_000_000;

  private Tracer() {}

  /**
   * Makes all walks, some at a time.
   *
   * @param threads walks at a time, at least 1; results do not depend on it
   * @throws BadInput if the request cannot be fulfilled, as {@link #check} says
   * @throws thalweg.text.SpecException if an optimizer is not one
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; all walks have
   *     ended then
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
          "--noise is a standard deviation, 0 or more, got %s"
              .formatted(NumberText.of(request.noise())));
    }
    Surface surface = request.surface();
    Surfaces.checkStart(surface, request.start());
    List<Contender> contenders = Contender.of(request.optimizers(), request.steps());
    long each = surface.dimension() + 5L; // and with its array
    long most = MOST_NUMBERS / each / contenders.size();
    if (request.steps() > most) {
      throw new BadInput(
          "%s of %d steps in %d dimensions are too much to keep; at most %d steps"
              .formatted(
                  Count.of(contenders.size(), "optimizer"),
                  request.steps(),
                  surface.dimension(),
                  most));
    }
    return contenders;
  }

  static Trace trace(
      TraceRequest request, List<Contender> contenders, int threads, TraceListener listener) {
    double[][] noise = noise(request, contenders);
    List<Callable<Walk>> walks = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      int index = i;
      Walker walker = new Walker(request, contenders.get(i), noise);
      walks.add(() -> {
        Walk walk = walker.walk(listener);
        listener.walked(index, walk);
        return walk;
      });
    }
    return new Trace(request, Together.run(walks, threads));
  }

  /** What all of them see beside the surface. */
  static double[][] noise(TraceRequest request, List<Contender> contenders) {
    int terms = Contender.terms(contenders);
    if (terms == 1 && request.noise() > 0) {
      throw new BadInput(
          "--noise needs several terms, whose mean is the surface, and an optimizer is for 1; give it terms=%d"
              .formatted(Contender.TERMS));
    }
    long most = MOST_TERM_NUMBERS / (request.start().size() + 5L); // an array has some words more
    if (terms > most) {
      throw new BadInput(
          "%d terms in %d dimensions are too many to keep gradients of; at most %d terms"
              .formatted(terms, request.start().size(), most));
    }
    return NoisySum.noise(terms, request.start().size(), request.noise(), request.seed());
  }
}
