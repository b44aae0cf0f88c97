package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.compare.Environment;
import thalweg.torch.Libtorch;

/**
 * Runs experiments.
 *
 * @param names of the experiments, see {@link Experiments#names}; none for all
 * @param seeds how many runs to measure on either side of a claim, at least 2
 * @param seed the first seed that settings are chosen on; those of the measured runs follow
 * @param quick shorter runs and fewer choices, to see it work
 */
public record ReproductionRun(
    List<String> names, int seeds, long seed, boolean quick, int threads) {
  public ReproductionRun {
    names = List.copyOf(names);
    if (seeds < 2 || seeds > 1000) {
      throw new BadInput(
          "--seeds must be in [2, 1000], got %d: one run tells nothing of chance".formatted(seeds));
    }
    Experiments.named(names);
  }

  /** How many seeds are measured when nobody says. */
  public static int usualSeeds(boolean quick) {
    return quick ? 4 : 10;
  }

  /**
   * Runs them all.
   *
   * @param look how progress is shown
   * @param command the command line that repeats it, for the result
   */
  public Reproduction run(Progress.Look look, String version, String command) {
    List<Experiment> experiments = Experiments.named(names);
    Effort effort = new Effort(seed, seeds, quick);
    Rehearsal rehearsal = new Rehearsal();
    for (Experiment experiment : experiments) {
      experiment.run(new Session(rehearsal, effort));
    }
    List<Result> results = new ArrayList<>();
    String[] at = {""};
    try (Progress progress = new Progress("reproducing", rehearsal.pieces(), look)) {
      TorchRunner runner =
          new TorchRunner(
              threads, (pieces, detail) -> progress.advance(pieces, at[0] + ", " + detail));
      for (Experiment experiment : experiments) {
        at[0] = experiment.name();
        results.add(result(experiment, new Session(runner, effort)));
        runner.forget();
      }
      return new Reproduction(
          Reproduction.FORMAT,
          effort.tuningSeeds(),
          effort.seeds(),
          quick,
          Environment.here(version, Libtorch.version(), threads, runner.backend(), command),
          results);
    }
  }

  static Result result(Experiment experiment, Session session) {
    long began = System.nanoTime();
    List<Finding> findings = experiment.run(session);
    return new Result(
        experiment.name(),
        experiment.title(),
        experiment.setup(),
        (System.nanoTime() - began) / 1e9,
        findings,
        session.contenders().stream().map(Result::side).toList());
  }
}
