package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;
import thalweg.text.NumberText;

/**
 * The effect of a hyperparameter: the walks of some optimizers, each at every value of a range.
 *
 * @param request what is walked, but for the value
 */
public record Sweep(TraceRequest request, SweepRange range, List<Swept> optimizers) {
  public Sweep {
    optimizers = List.copyOf(optimizers);
  }

  /**
   * Makes all walks, some at a time, and keeps up to three of each optimizer.
   *
   * @throws BadInput as {@link Tracer#trace}, and if an optimizer has no such hyperparameter or a
   *     value is out of its range
   */
  public static Sweep of(
      TraceRequest request, SweepRange range, int threads, TraceListener listener) {
    List<Contender> contenders = Tracer.contenders(request);
    check(contenders, range);
    double[][] noise = Tracer.noise(request, contenders);
    List<Callable<Swept>> sweeps = new ArrayList<>();
    for (Contender contender : contenders) {
      sweeps.add(() -> new Course(request, contender, range, noise, listener).sweep());
    }
    return new Sweep(request, range, Together.run(sweeps, threads));
  }

  /** The loss where all walks began. */
  public double startLoss() {
    return startLoss(request);
  }

  private static double startLoss(TraceRequest request) {
    return request
        .surface()
        .value(request.start().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Updates that a sweep makes at most. */
  public static long updates(TraceRequest request, SweepRange range) {
    return (long) request.steps() * request.optimizers().size() * range.values().size();
  }

  private static void check(List<Contender> contenders, SweepRange range) {
    Set<String> known = new LinkedHashSet<>();
    contenders.forEach(contender -> known.addAll(Hyper.names(contender.rule())));
    if (!known.contains(range.name())) {
      throw new BadInput(
          "--sweep: unknown hyperparameter '%s': %s"
              .formatted(range.name(), Nearest.offer(range.name(), known)));
    }
    String without =
        contenders.stream()
            .filter(contender -> !Hyper.names(contender.rule()).contains(range.name()))
            .map(Contender::label)
            .collect(Collectors.joining(", "));
    if (!without.isEmpty()) {
      throw new BadInput(
          "--sweep: %s has no hyperparameter '%s'; name only optimizers with one in --optimizers"
              .formatted(without, range.name()));
    }
    for (Contender contender : contenders) {
      for (double value : range.values()) {
        try {
          Contender changed = contender.with(rule -> Hyper.with(rule, range.name(), value));
          if (changed.terms() != contender.terms()) {
            throw new IllegalArgumentException("all walk over one sum, whose terms are as many");
          }
        } catch (IllegalArgumentException e) {
          throw new BadInput(
              "--sweep %s=%s..%s: %s"
                  .formatted(
                      range.name(),
                      NumberText.of(range.values().getFirst()),
                      NumberText.of(range.values().getLast()),
                      e.getMessage()),
              e);
        }
      }
    }
  }

  /** The walks of one optimizer. */
  private record Course(
      TraceRequest request,
      Contender contender,
      SweepRange range,
      double[][] noise,
      TraceListener listener) {
    Swept sweep() {
      List<Ending> endings = new ArrayList<>();
      List<Double> finalLoss = new ArrayList<>();
      List<@Nullable Stop> stops = new ArrayList<>();
      for (int i = 0; i < range.values().size(); i++) {
        Walk walk = walk(i, listener);
        endings.add(Ending.of(walk, request.surface().box()));
        finalLoss.add(walk.stop() == null ? walk.loss()[walk.steps()] : Double.NaN);
        stops.add(walk.stop());
      }
      Effect effect = Effect.of(range.values(), endings, startLoss(request));
      return new Swept(
          contender.label(),
          contender.spec(),
          endings,
          finalLoss,
          stops,
          kept(effect.small()),
          kept(effect.right()),
          kept(effect.large()));
    }

    private Swept.@Nullable Kept kept(OptionalInt index) {
      return index.isEmpty()
          ? null
          : new Swept.Kept(index.getAsInt(), walk(index.getAsInt(), TraceListener.NONE));
    }

    private Walk walk(int index, TraceListener heard) {
      double value = range.values().get(index);
      Transformation rule = Hyper.with(contender.rule(), range.name(), value);
      return new Walker(request, contender.with(_ -> rule), noise).walk(heard);
    }
  }
}
