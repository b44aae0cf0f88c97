package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One experiment in progress: chooses settings, makes runs and keeps them.
 *
 * <p>Every contender with something to choose gets as many runs for it as the experiment says, on
 * seeds of their own; that of the lowest validation loss at the end is taken. A seed decides the
 * split of the rows, the start and the order of the batches, so equal seeds make pairs.
 */
final class Session {
  private final Runner runner;
  private final Effort effort;
  private final List<Contender> contenders = new ArrayList<>();

  Session(Runner runner, Effort effort) {
    this.runner = runner;
    this.effort = effort;
  }

  /** Epochs of a run, fewer where the whole is to be quick. */
  int epochs(int usual) {
    return effort.epochs(usual);
  }

  /** The contenders so far. */
  List<Contender> contenders() {
    return List.copyOf(contenders);
  }

  /** Chooses one of the candidates and runs it. */
  Contender tuned(String label, List<Trial> candidates) {
    List<Contender.Tried> tried = new ArrayList<>();
    List<Trial> offered = effort.offered(candidates);
    int best = 0;
    for (int i = 0; i < offered.size(); i++) {
      double sum = 0;
      for (long seed : effort.tuningSeeds()) {
        sum += runner.run(offered.get(i), seed).validationLoss();
      }
      tried.add(
          new Contender.Tried(offered.get(i).optimizers(), sum / effort.tuningSeeds().size()));
      if (tried.get(i).validationLoss() < tried.get(best).validationLoss()) {
        best = i;
      }
    }
    return run(label, offered.get(best), tried);
  }

  /** Runs what leaves no choice. */
  Contender fixed(String label, Trial trial) {
    return run(label, trial, List.of());
  }

  private Contender run(String label, Trial trial, List<Contender.Tried> tried) {
    List<Trace> runs = new ArrayList<>();
    for (long seed : effort.seeds()) {
      runs.add(runner.run(trial, seed));
    }
    Contender contender = new Contender(label, trial, tried, runs);
    contenders.add(contender);
    return contender;
  }

  /** What the runs of two contenders say of a claim. */
  Finding finding(Claim claim, Contender first, Contender second, ToDoubleFunction<Trace> measure) {
    return finding(claim, values(first, measure), values(second, measure));
  }

  /** What values on the reported seeds say of a claim. */
  Finding finding(Claim claim, List<Double> first, List<Double> second) {
    return new Finding(claim, effort.seeds(), first, second);
  }

  /** A measure of every run. */
  static List<Double> values(Contender contender, ToDoubleFunction<Trace> measure) {
    return contender.runs().stream().map(measure::applyAsDouble).toList();
  }
}
