package thalweg.lab.compare;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.Prepared;
import thalweg.torch.Batching;
import thalweg.torch.RunLog;

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
 * @param model the network in text form, as {@code mlp(hidden=[64])}; null for one that fits
 * @param loss in text form; null for the one that fits the targets
 * @param regimes how many rows a step sees; each optimizer runs in every one, and its learning rate
 *     is chosen in each
 * @param seeds how many runs to report for each optimizer
 * @param seed of the tuning runs, and that the data were split with; the reported runs have the
 *     seeds after it
 * @param grid learning rates to choose from, rising
 */
public record ComparisonRun(
    Prepared data,
    List<String> specs,
    @Nullable String model,
    @Nullable String loss,
    List<Batching> regimes,
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

  /** Half decades from 1e-4 to 30. */
  public static final List<Double> STANDARD_GRID =
      List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 3.0, 10.0, 30.0);

  public ComparisonRun {
    specs = List.copyOf(specs);
    regimes = List.copyOf(regimes);
    grid = List.copyOf(grid);
    positive("epochs", epochs);
    positive("seeds", seeds);
    positive("threads", threads);
    if (specs.isEmpty()) {
      throw new BadInput("no optimizer to compare; give at least one, as in \"adam; sgd\"");
    }
    checkRegimes(regimes);
  }

  private static void checkRegimes(List<Batching> regimes) {
    if (regimes.isEmpty()) {
      throw new BadInput("no regime to train in; give at least one, as in full,mini:32,one");
    }
    for (int i = 0; i < regimes.size(); i++) {
      Batching regime = regimes.get(i);
      for (Batching other : regimes.subList(0, i)) {
        if (shuffledSize(regime) == shuffledSize(other)) {
          throw new BadInput(
              "regimes %s and %s are the same; leave one out"
                  .formatted(other.text(), regime.text()));
        }
      }
    }
  }

  /** What tells regimes apart, whatever the rows: 0 for all of them. */
  private static int shuffledSize(Batching regime) {
    return switch (regime) {
      case Batching.Full() -> 0;
      case Batching.Mini(int size) -> size;
      case Batching.One() -> 1;
    };
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new BadInput("--%s must be at least 1, got %d".formatted(name, value));
    }
  }

  /**
   * Runs it all.
   *
   * @param look how progress is shown
   * @param command the command line that repeats it, for the result
   */
  public Comparison run(Progress.Look look, String version, String command) {
    return run(look, ComparisonListener.NONE, version, command);
  }

  /**
   * Runs it all, and tells a listener of it too.
   *
   * @throws CancellationException if the listener stops it
   */
  public Comparison run(
      Progress.Look look, ComparisonListener listener, String version, String command) {
    Contest contest = new Contest(this);
    String label =
        "comparing %d optimizers%s"
            .formatted(
                specs.size(),
                regimes.size() == 1 ? "" : " in %d regimes".formatted(regimes.size()));
    listener.onStart(contest.start());
    try (Progress progress = new Progress(label, contest.pieces(), look)) {
      Comparison result =
          contest.run(new Told(progress, listener, contest.pieces()), listener, version, command);
      listener.onEnd();
      return result;
    } catch (CancellationException e) {
      listener.onStop();
      throw e;
    }
  }

  /** Shows and tells what is heard. */
  private static final class Told implements Trial.Heard {
    private final Progress progress;
    private final ComparisonListener listener;
    private final long all;
    private long done;

    Told(Progress progress, ComparisonListener listener, long all) {
      this.progress = progress;
      this.listener = listener;
      this.all = all;
    }

    @Override
    public void advance(long pieces, Attempt attempt) {
      done += pieces;
      progress.advance(pieces, attempt.detail());
    }

    @Override
    public void epoch(Attempt attempt, RunLog.Epoch epoch) {
      listener.onEpoch(attempt, epoch, (double) done / all);
    }

    @Override
    public void ran(Attempt attempt, Trained trained) {
      listener.onRun(attempt, trained);
    }

    @Override
    public Optional<Trained> finished(Attempt attempt) {
      return listener.finished(attempt);
    }

    @Override
    public boolean isStopped() {
      return listener.isStopped();
    }
  }
}
