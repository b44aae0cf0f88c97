package thalweg.lab.compare;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import thalweg.formula.Transformation;
import thalweg.lab.data.Prepared;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Libtorch;
import thalweg.torch.Network;
import thalweg.torch.RunLog;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.TrainingListener;

/** What every run of a comparison has in common: what is learned, and for how long. */
record Trial(Lesson lesson, int epochs, int threads) {
  /** Rows that are evaluated in about the time of one step. */
  private static final int ROWS_A_STEP = 64;

  /** Who hears how a comparison comes along, and says what of it is to be done. */
  interface Heard {
    /** So many more pieces of a run are done. */
    void advance(long pieces, Attempt attempt);

    /** An epoch of a run is done, after its pieces. */
    default void epoch(Attempt attempt, RunLog.Epoch epoch) {}

    /** A run is done, after its pieces. */
    default void ran(Attempt attempt, Trained trained) {}

    /** What came of a run that was finished before. */
    default Optional<Trained> finished(Attempt attempt) {
      return Optional.empty();
    }

    /** Whether to stop. */
    default boolean isStopped() {
      return false;
    }
  }

  /** The work of one run: a piece is a step, or the like of one in forward passes. */
  long pieces(Batching batching) {
    return epochs * (steps(batching) + restOfEpoch());
  }

  /** Updates in one pass. */
  long steps(Batching batching) {
    int rows = lesson.data().train().rows();
    return Math.ceilDiv(rows, batching.size(rows));
  }

  /** Beside the steps themselves: all rows forward, in training or evaluation. */
  private long restOfEpoch() {
    Prepared data = lesson.data();
    return Math.ceilDiv(data.train().rows() + data.validation().rows(), ROWS_A_STEP);
  }

  /**
   * Trains one network from its start, if that was not finished before; tells {@code heard} of
   * {@link #pieces} pieces in all.
   *
   * @throws CancellationException if {@code heard} says to stop
   */
  Trained run(Transformation rule, Batching batching, Attempt attempt, Heard heard) {
    Optional<Trained> finished = heard.finished(attempt);
    finished.ifPresent(_ -> heard.advance(pieces(batching), attempt));
    return finished.orElseGet(() -> trained(rule, batching, attempt, heard));
  }

  private Trained trained(Transformation rule, Batching batching, Attempt attempt, Heard heard) {
    long seed = attempt.seed();
    Network network = lesson.network(seed);
    Libtorch.seed(seed); // of dropout
    Parameters parameters = TorchParameters.of(network);
    Prepared data = lesson.data();
    try (Feed feed = new Feed(data.train(), batching, seed, data.curriculum().orElse(null));
        Optimizer optimizer = Optimizer.over(parameters).otherwise(rule).threads(threads).build()) {
      Listener listener = new Listener(Bins.of(epochs * steps(batching)), heard, attempt);
      RunLog log =
          Training.of(network, feed, data.validation())
              .epochs(epochs)
              .loss(lesson.loss())
              .metrics(lesson.metric())
              .listener(listener)
              .cancelWhen(heard::isStopped)
              .run(optimizer, Specs.print(rule));
      if (log.ending() instanceof RunLog.Ending.Cancelled) {
        throw new CancellationException("stopped before all was done");
      }
      heard.advance(pieces(batching) - listener.told, attempt);
      Trained trained =
          new Trained(
              seedRun(log, listener.means.all()),
              (double) optimizer.stateBytes() / parameters.elements(),
              new OptimizerMemory(optimizer.account().optimizerBytes(), optimizer.heldBytes()),
              optimizer.backend());
      heard.ran(attempt, trained);
      return trained;
    } finally {
      TorchParameters.release(parameters);
      network.close();
    }
  }

  private static SeedRun seedRun(RunLog log, List<Double> updateLoss) {
    return new SeedRun(
        log.seed(),
        log.epochs().stream().map(RunLog.Epoch::trainLoss).toList(),
        log.epochs().stream().map(RunLog.Epoch::validationLoss).toList(),
        log.epochs().stream().map(RunLog.Epoch::metric).toList(),
        log.epochs().stream().map(RunLog.Epoch::seconds).toList(),
        updateLoss,
        log.stepNanos() / 1e6,
        log.ending() instanceof RunLog.Ending.Diverged diverged ? diverged.step() : null);
  }

  private final class Listener implements TrainingListener {
    private final Bins.Means means;
    private final Heard heard;
    private final Attempt attempt;
    private long told;

    Listener(Bins bins, Heard heard, Attempt attempt) {
      this.means = bins.new Means();
      this.heard = heard;
      this.attempt = attempt;
    }

    @Override
    public void onStep(long step, double loss) {
      means.add(loss);
      tell(1);
    }

    @Override
    public void onEpoch(RunLog.Epoch epoch) {
      tell(restOfEpoch());
      heard.epoch(attempt, epoch);
    }

    private void tell(long pieces) {
      told += pieces;
      heard.advance(pieces, attempt);
    }
  }
}
