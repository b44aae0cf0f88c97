package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;
import thalweg.torch.Evaluation;
import thalweg.torch.Feed;
import thalweg.torch.Libtorch;
import thalweg.torch.Network;
import thalweg.torch.RunLog;
import thalweg.torch.Samples;
import thalweg.torch.StepReport;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.TrainingListener;
import thalweg.torch.Weights;
import thalweg.torch.nets.Networks;

/**
 * Makes runs with libtorch, on one thread, so that they repeat in every bit.
 *
 * <p>What a run begins with (samples, a network trained before) is made once a seed and kept.
 */
final class TorchRunner implements Runner {
  private final int threads;
  private final BiConsumer<Long, String> heard;
  private final Map<Drawn, Samples.Split> samples = new HashMap<>();
  private final Map<Begun, Start> starts = new HashMap<>();
  private String backend = "";

  private record Drawn(Problem problem, long seed) {}

  private record Begun(Trial trial, long seed) {}

  /** A network after its first training. */
  private record Start(Weights weights, Trace trace) {}

  /**
   * One that has made no run.
   *
   * @param threads of the optimizer's step
   * @param heard hears of so much more work done, see {@link Rehearsal}, and in which run
   */
  TorchRunner(int threads, BiConsumer<Long, String> heard) {
    this.threads = threads;
    this.heard = heard;
    Libtorch.load();
    Libtorch.threads(1);
  }

  /** What computed the last update. */
  String backend() {
    return backend;
  }

  /** Forgets the samples and networks it kept; they are made again where they are wanted. */
  void forget() {
    samples.clear();
    starts.clear();
  }

  @Override
  public Trace run(Trial trial, long seed) {
    return train(trial, seed).trace;
  }

  private Start train(Trial trial, long seed) {
    @Nullable Start start =
        trial.before() == null
            ? null
            : starts.computeIfAbsent(
                new Begun(trial.before(), seed), begun -> train(begun.trial, seed));
    Samples.Split split =
        samples.computeIfAbsent(
            new Drawn(trial.problem(), seed), drawn -> drawn.problem.samples(drawn.seed));
    Libtorch.seed(seed); // of dropout
    try (Network model =
        Networks.of(trial.network(), trial.problem().form(), trial.problem().outputs(), seed)) {
      if (start != null) {
        start.weights.into(model);
      }
      return new Run(trial, seed, split, model, start).train();
    }
  }

  private final class Run {
    private final Trial trial;
    private final long seed;
    private final Samples.Split split;
    private final Network model;
    private final @Nullable Start start;
    private final String spec;
    private final Optional<Switch> watch;
    private final List<Double> stepLoss = new ArrayList<>();
    private long trainNanos;

    Run(Trial trial, long seed, Samples.Split split, Network model, @Nullable Start start) {
      this.trial = trial;
      this.seed = seed;
      this.split = split;
      this.model = model;
      this.start = start;
      this.spec = trial.optimizer().replace("{seed}", Long.toString(seed));
      this.watch = Switch.of(spec);
    }

    Start train() {
      Parameters parameters = TorchParameters.of(model);
      List<double[]> before = values(parameters);
      boolean counted = start != null && trial.counted();
      // A run goes on with batches of its own.
      try (Feed feed = new Feed(split.train(), trial.batching(), counted ? -1 - seed : seed);
          Optimizer optimizer =
              Optimizer.over(parameters)
                  .otherwise(Specs.parseOptimizer(spec))
                  .threads(threads)
                  .build()) {
        backend = optimizer.backend();
        RunLog log = fit(feed, optimizer);
        long planned = (long) trial.epochs() * feed.steps();
        heard.accept(Rehearsal.atEnd(trial, planned, log.steps()), detail());
        Evaluation onTrain = evaluate(feed, optimizer, split.train());
        Evaluation onValidation = evaluate(feed, optimizer, split.validation());
        Trace trace =
            new Trace(
                stepLoss,
                log.epochs().stream()
                    .map(e ->
                        new Trace.Epoch(e.trainLoss(), e.validationLoss(), e.metric(), e.seconds()))
                    .toList(),
                new Trace.End(onTrain.loss(), onValidation.loss(), onValidation.metric()),
                planned,
                log.diverged(),
                watch.map(Switch::result).orElse(Trace.Switched.NEVER),
                moved(before, parameters),
                parameters.elements(),
                optimizer.account().optimizerBytes());
        return new Start(
            Weights.of(parameters), counted && start != null ? trace.after(start.trace) : trace);
      } finally {
        TorchParameters.release(parameters);
      }
    }

    private RunLog fit(Feed feed, Optimizer optimizer) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onStep(StepReport step) {
              stepLoss.add(step.loss());
              watch.ifPresent(one -> one.look(optimizer));
              trainNanos += step.forwardBackwardNanos() + step.optimizerNanos();
              heard.accept(Rehearsal.ofUpdate(trial), detail());
            }
          };
      return Training.of(model, feed, split.validation())
          .epochs(trial.epochs())
          .listener(listener)
          .cancelWhen(() -> trainNanos >= 1e9 * trial.seconds())
          .run(optimizer, spec);
    }

    /** A training of no epochs begins with an evaluation. */
    private Evaluation evaluate(Feed feed, Optimizer optimizer, Samples on) {
      Training none = Training.of(model, feed, on).epochs(0);
      return none.run(optimizer, spec).start();
    }

    private String detail() {
      return "seed " + seed;
    }
  }

  private static List<double[]> values(Parameters parameters) {
    List<double[]> all = new ArrayList<>();
    for (Parameter parameter : parameters) {
      all.add(parameter.value().toDoubles());
    }
    return all;
  }

  private static long moved(List<double[]> before, Parameters parameters) {
    List<double[]> after = values(parameters);
    long count = 0;
    for (int p = 0; p < after.size(); p++) {
      for (int i = 0; i < after.get(p).length; i++) {
        // A number that is none any more has moved.
        if (!(Math.abs(after.get(p)[i] - before.get(p)[i]) <= Trace.MOVED)) {
          count++;
        }
      }
    }
    return count;
  }
}
