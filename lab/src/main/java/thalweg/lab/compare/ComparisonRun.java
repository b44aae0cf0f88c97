package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataSet;
import thalweg.lab.data.Split;
import thalweg.lab.data.Task;
import thalweg.lab.schedule.Curves;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.print.FormulaPrinter;
import thalweg.text.Specs;
import thalweg.torch.Activation;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Libtorch;
import thalweg.torch.Mlp;
import thalweg.torch.RunLog;
import thalweg.torch.Samples;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.TrainingListener;

/**
 * Trains one network with several optimizers under equal conditions: the same split, and for each
 * seed the same start and the same batches in the same order.
 *
 * <p>Each optimizer's learning rate is the one of the grid with the lowest validation loss at the
 * end of a run on one seed; the runs that are reported have other seeds. A rate that is written in
 * the spec is not chosen; such an optimizer makes one run on that seed that is thrown away, so that
 * its steps too are compiled before they are timed.
 *
 * <p>The reported runs go round: every optimizer on the first seed, then every one on the next, so
 * that a machine that gets slower or faster meanwhile does so for all alike.
 *
 * @param specs the optimizers in text form
 * @param hidden widths of the hidden layers; empty for a linear model
 * @param seeds how many runs to report for each optimizer
 * @param seed of the split and of the tuning runs; the reported runs have the seeds after it
 * @param grid learning rates to choose from, rising
 */
public record ComparisonRun(
    DataSet data,
    List<String> specs,
    List<Integer> hidden,
    Batching batching,
    int epochs,
    int seeds,
    long seed,
    List<Double> grid,
    int threads) {
  /** What is compared when nothing else is asked for. */
  public static final List<String> STANDARD_OPTIMIZERS =
      List.of(
          "sgd",
          "sgd(momentum=0.9)",
          "sgd(momentum=0.9, nesterov=true)",
          "adagrad",
          "adadelta",
          "rmsprop",
          "adam",
          "adamw");

  private static final long MOST_PARAMETERS = 100_000_000;

  /** Half decades from 1e-4 to 30. */
  public static final List<Double> STANDARD_GRID =
      List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 3.0, 10.0, 30.0);

  public ComparisonRun {
    specs = List.copyOf(specs);
    hidden = List.copyOf(hidden);
    grid = List.copyOf(grid);
    positive("epochs", epochs);
    positive("seeds", seeds);
    positive("threads", threads);
    hidden.forEach(width -> positive("the width of a hidden layer", width));
    if (specs.isEmpty()) {
      throw new BadInput("no optimizer to compare; give at least one, as in \"adam; sgd\"");
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new BadInput("%s must be at least 1, got %d".formatted(name, value));
    }
  }

  /**
   * Runs it all.
   *
   * @param look how progress is shown
   * @param command the command line that repeats it, for the result
   */
  public Comparison run(Progress.Look look, String version, String command) {
    List<Entrant> entrants = entrants();
    Contest contest = new Contest(Split.of(data, seed));
    try (Progress progress =
        new Progress("comparing " + entrants.size() + " optimizers", pieces(entrants), look)) {
      return contest.run(entrants, progress::advance, version, command);
    }
  }

  /** Runs it all; {@code heard} hears after each epoch, {@link #pieces()} of them, of which run. */
  Comparison run(Heard heard, String version, String command) {
    return new Contest(Split.of(data, seed)).run(entrants(), heard, version, command);
  }

  /** Epochs in all. */
  long pieces() {
    return pieces(entrants());
  }

  private long pieces(List<Entrant> entrants) {
    return entrants.stream()
        .mapToLong(entrant -> (seeds + (entrant.tunable() ? grid.size() : 1L)) * epochs)
        .sum();
  }

  /** Who hears how a comparison comes along. */
  interface Heard {
    /** So many more epochs are done; the detail says of which run, as {@code adam, seed 2}. */
    void advance(long epochs, String detail);
  }

  private List<Entrant> entrants() {
    List<Entrant> entrants = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String spec : specs) {
      Entrant entrant = Entrant.of(spec);
      int count = seen.merge(entrant.id(), 1, Integer::sum);
      entrants.add(
          count == 1
              ? entrant
              : new Entrant(
                  entrant.id() + " #" + count, spec, entrant.rule(), entrant.rateGiven()));
    }
    return entrants;
  }

  /** The network and the samples, as every optimizer meets them. */
  private final class Contest {
    private final Split split;
    private final Samples train;
    private final Samples validation;
    private final Mlp.Shape shape;
    private String backend = "";

    Contest(Split split) {
      this.split = split;
      train = split.train();
      validation = split.validation();
      shape = new Mlp.Shape(train.columns(), hidden, train.targets().outputs(), Activation.RELU);
      long learned = parameters(shape);
      if (learned > MOST_PARAMETERS) {
        throw new BadInput(
            "a network of hidden layers %s on %d features learns %d numbers, at most %d are taken; make it smaller"
                .formatted(hidden, train.columns(), learned, MOST_PARAMETERS));
      }
      if (batching instanceof Batching.Mini(int size) && size > train.rows()) {
        throw new BadInput(
            "batch is %d, there are %d training rows; give a smaller batch or full"
                .formatted(size, train.rows()));
      }
    }

    Comparison run(List<Entrant> entrants, Heard heard, String version, String command) {
      long perEpoch = Math.ceilDiv(train.rows(), batching.size(train.rows()));
      for (Entrant entrant : entrants) {
        Curves.check(entrant.spec(), entrant.rule(), epochs * perEpoch, perEpoch);
      }
      Libtorch.load();
      Libtorch.threads(1); // small layers on shared cores stall with more, and runs must repeat
      List<Chosen> all = new ArrayList<>();
      for (Entrant entrant : entrants) {
        all.add(entrant.tunable() ? tuned(entrant, heard) : warmedUp(entrant, heard));
      }
      for (int i = 1; i <= seeds; i++) {
        for (Chosen chosen : all) {
          String detail = "%s, seed %d".formatted(chosen.entrant.id(), seed + i);
          chosen.runs.add(train(chosen.rule, seed + i, heard, detail));
        }
      }
      List<OptimizerResult> results = all.stream().map(this::result).toList();
      Settings settings =
          new Settings(
              hidden,
              split.task() == Task.REGRESSION ? "mean squared error" : "cross entropy",
              switch (batching) {
                case Batching.Full _ -> "full batch";
                case Batching.Mini _ -> "mini-batch";
                case Batching.One _ -> "single sample";
              },
              batching.size(train.rows()),
              epochs,
              Math.ceilDiv(train.rows(), batching.size(train.rows())),
              parameters(shape),
              seed,
              seed,
              epochs,
              LongStream.rangeClosed(1, seeds).map(i -> seed + i).boxed().toList(),
              entrants.stream().anyMatch(Entrant::tunable) ? grid : List.of());
      return new Comparison(
          DataFacts.of(data, split),
          settings,
          Environment.here(version, Libtorch.version(), threads, backend, command),
          results);
    }

    /** Weights and biases of all layers. */
    private static long parameters(Mlp.Shape shape) {
      double sum = 0; // exact as far as the limit, and no overflow beyond
      double inputs = shape.inputs();
      for (int outputs : shape.hidden()) {
        sum += (inputs + 1) * outputs;
        inputs = outputs;
      }
      return (long) (sum + (inputs + 1) * shape.outputs());
    }

    /** An entrant with its rate, and the reported runs so far. */
    private record Chosen(
        Entrant entrant,
        Transformation rule,
        double rate,
        List<TuningPoint> tuning,
        List<Trained> runs) {}

    /** A run, the bytes of state it held for one learned number, and those of everything. */
    private record Trained(SeedRun run, double stateBytes, OptimizerMemory memory) {}

    private Chosen tuned(Entrant entrant, Heard heard) {
      List<TuningPoint> tuning = new ArrayList<>();
      for (double candidate : grid) {
        SeedRun run = train(entrant.at(candidate), seed, heard, entrant.id() + ", choosing lr").run;
        double loss =
            run.diverged() || run.epochs() == 0 ? Double.NaN : run.validationLoss().getLast();
        tuning.add(new TuningPoint(candidate, loss, run.diverged()));
      }
      double rate = best(tuning);
      return new Chosen(entrant, entrant.at(rate), rate, tuning, new ArrayList<>());
    }

    /** Throws a run away, as one that is tuned throws away a grid of them. */
    private Chosen warmedUp(Entrant entrant, Heard heard) {
      train(entrant.rule(), seed, heard, entrant.id() + ", warming up");
      return new Chosen(entrant, entrant.rule(), entrant.rate(), List.of(), new ArrayList<>());
    }

    private OptimizerResult result(Chosen chosen) {
      FormulaPrinter printer = FormulaPrinter.of(Formula.of(chosen.rule));
      return new OptimizerResult(
          chosen.entrant.id(),
          chosen.entrant.spec(),
          Specs.print(chosen.rule),
          String.join("\n", printer.text()),
          printer.latex(),
          Entrant.hyperparameters(chosen.rule),
          chosen.rate,
          chosen.tuning,
          chosen.runs.getLast().stateBytes,
          chosen.runs.getLast().memory,
          chosen.runs.stream().map(Trained::run).toList());
    }

    /** The rate of the lowest validation loss; the smallest rate if every one diverged. */
    private static double best(List<TuningPoint> tuning) {
      TuningPoint best = tuning.getFirst();
      for (TuningPoint point : tuning) {
        boolean finite = Double.isFinite(point.validationLoss());
        if (finite && !(point.validationLoss() >= best.validationLoss())) {
          best = point;
        }
      }
      return best.rate();
    }

    private Trained train(Transformation rule, long runSeed, Heard heard, String detail) {
      Mlp model = Mlp.of(shape, runSeed);
      Parameters parameters = TorchParameters.of(model);
      try (Feed feed = new Feed(train, batching, runSeed);
          Optimizer optimizer =
              Optimizer.over(parameters).otherwise(rule).threads(threads).build()) {
        backend = optimizer.backend();
        double stateBytes = (double) optimizer.stateBytes() / parameters.elements();
        int[] done = {0};
        TrainingListener listener =
            new TrainingListener() {
              @Override
              public void onEpoch(RunLog.Epoch epoch) {
                done[0]++;
                heard.advance(1, detail);
              }
            };
        RunLog log =
            Training.of(model, feed, validation, epochs)
                .listener(listener)
                .run(optimizer, Specs.print(rule));
        heard.advance(epochs - done[0], detail);
        OptimizerMemory memory =
            new OptimizerMemory(optimizer.account().optimizerBytes(), optimizer.heldBytes());
        return new Trained(seedRun(log), stateBytes, memory);
      } finally {
        TorchParameters.release(parameters);
        model.close();
      }
    }

    private static SeedRun seedRun(RunLog log) {
      return new SeedRun(
          log.seed(),
          log.epochs().stream().map(RunLog.Epoch::trainLoss).toList(),
          log.epochs().stream().map(RunLog.Epoch::validationLoss).toList(),
          log.epochs().stream().map(RunLog.Epoch::metric).toList(),
          log.epochs().stream().map(RunLog.Epoch::seconds).toList(),
          log.stepNanos() / 1e6,
          log.ending() instanceof RunLog.Ending.Diverged diverged ? diverged.step() : null);
    }
  }
}
