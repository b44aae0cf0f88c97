package thalweg.torch;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.optimizer.Optimizer;

/**
 * The training loop: batches through a model, backward, step, and a log of it.
 *
 * <p>With {@code OMP_NUM_THREADS=1} and equal model, feed and optimizer, two runs log equal losses
 * in every bit. A loss that is NaN or infinite ends the run before the step that would have used
 * it, and the log says so; it is not an exception.
 *
 * <p>The loss is multiplied with the optimizer's loss scale, if it has one, on its way backward
 * only: what is logged is the loss itself.
 *
 * <p>After each epoch the optimizer hears that it has ended, and the validation loss: what
 * schedules that count epochs or wait for a metric go by.
 *
 * @param forward features {@code [rows, columns]} to outputs {@code [rows, outputs]}
 * @param module whose training mode is switched around evaluations
 * @param validation the samples to evaluate on
 * @param epochs passes over the feed, at least 0
 * @param cancelled asked before every step; true ends the run
 * @param saving where it saves itself, see {@link #checkpoints}; null if nowhere
 */
public record Training(
    Module module,
    UnaryOperator<Tensor> forward,
    Loss loss,
    Feed feed,
    Samples validation,
    int epochs,
    TrainingListener listener,
    BooleanSupplier cancelled,
    @Nullable Saving saving) {
  public Training {
    if (epochs < 0) {
      throw new IllegalArgumentException("Training.epochs must be >= 0, got " + epochs);
    }
    if (validation.columns() != feed.samples().columns()) {
      throw new IllegalArgumentException(
          "validation samples have %d columns, training samples %d"
              .formatted(validation.columns(), feed.samples().columns()));
    }
  }

  /** One that trains a network silently, with the loss that fits the targets. */
  public static Training of(Mlp model, Feed feed, Samples validation, int epochs) {
    Samples samples = feed.samples();
    Mlp.Shape shape = model.shape();
    if (shape.inputs() != samples.columns() || shape.outputs() != samples.targets().outputs()) {
      throw new IllegalArgumentException(
          "the network takes %d features and gives %d outputs, the samples have %d and need %d"
              .formatted(
                  shape.inputs(), shape.outputs(), samples.columns(), samples.targets().outputs()));
    }
    return new Training(
        model,
        model::forward,
        Loss.of(samples.targets()),
        feed,
        validation,
        epochs,
        TrainingListener.SILENT,
        () -> false,
        null);
  }

  /** This training, heard by a listener. */
  public Training listener(TrainingListener heard) {
    return new Training(module, forward, loss, feed, validation, epochs, heard, cancelled, saving);
  }

  /** This training, ended early once the condition holds; asked on the thread that trains. */
  public Training cancelWhen(BooleanSupplier condition) {
    return new Training(
        module, forward, loss, feed, validation, epochs, listener, condition, saving);
  }

  /**
   * This training, saving itself as it goes: model, optimizer, schedules, the place in the data,
   * libtorch's random numbers and the log. A run goes on from the last whole checkpoint of the
   * folder, if there is one, with every loss and parameter equal in every bit to those of a run
   * that was never stopped; it begins anew in an empty folder. More epochs than before make it go
   * on beyond its end. Where the folder keeps the best, one more is saved after each epoch, with
   * the validation loss as its score.
   *
   * @param everySteps number of updates from one checkpoint to the next; one more is saved at the
   *     end, and when the run is cancelled
   */
  public Training checkpoints(Checkpoints checkpoints, int everySteps) {
    return new Training(
        module,
        forward,
        loss,
        feed,
        validation,
        epochs,
        listener,
        cancelled,
        new Saving(checkpoints, everySteps));
  }

  /**
   * Trains with Thalweg's optimizer, made for the model's {@link TorchParameters}.
   *
   * @param text the optimizer's text form, for the log
   */
  public RunLog run(Optimizer optimizer, String text) {
    return run(Stepping.of(optimizer, text));
  }

  /** Trains with any optimizer, made for the model's parameters. */
  public RunLog run(Stepping optimizer) {
    try (Feed evaluated = Evaluation.feed(validation)) {
      return new Run(optimizer, evaluated).run();
    }
  }

  /** Ends a step before anything is updated. */
  @SuppressWarnings("serial") // never leaves this class
  private static final class NotFinite extends RuntimeException {
    private final double loss;

    NotFinite(double loss) {
      super("loss is " + loss, null, false, false);
      this.loss = loss;
    }
  }

  private final class Run {
    private final Stepping optimizer;
    private final Feed evaluated;
    private RunState state = new RunState();
    private long savedStep = -1;
    private long[] stepNanos = new long[1024];
    private int timed;

    Run(Stepping optimizer, Feed evaluated) {
      this.optimizer = optimizer;
      this.evaluated = evaluated;
    }

    RunLog run() {
      if (!resume()) {
        state.start = evaluate();
      }
      RunLog.Ending ending = train();
      if (!(ending instanceof RunLog.Ending.Diverged)) {
        save();
      }
      return new RunLog(
          optimizer.text(),
          feed.seed(),
          feed.batching(),
          state.start,
          state.log,
          state.steps,
          state.forwardBackwardNanos / 1e9,
          state.optimizerNanos / 1e9,
          median(),
          ending);
    }

    /** Whether there was something to go on from. */
    private boolean resume() {
      if (saving == null) {
        return false;
      }
      Optimizer saved = savedOptimizer();
      Optional<RunCheckpoint> last = saving.checkpoints().latest();
      last.ifPresent(run -> {
        state = RunState.resume(run, Training.this, saved, optimizer.text());
        savedStep = run.step();
      });
      return last.isPresent();
    }

    /** Saves the run as it stands, unless that has been done. */
    private void save() {
      if (saving != null && savedStep != state.steps) {
        saving.checkpoints().save(checkpoint());
        savedStep = state.steps;
      }
    }

    private RunCheckpoint checkpoint() {
      return state.checkpoint(Training.this, savedOptimizer(), optimizer.text());
    }

    private Optimizer savedOptimizer() {
      return optimizer
          .optimizer()
          .orElseThrow(() ->
              new IllegalStateException(
                  "%s does not give its state away, so a training with it cannot be saved; use Thalweg's own optimizer"
                      .formatted(optimizer.text())));
    }

    private RunLog.Ending train() {
      while (state.epoch <= epochs) {
        for (Batch batch : feed.epoch(state.epoch, state.seen)) {
          if (cancelled.getAsBoolean()) {
            return new RunLog.Ending.Cancelled(state.steps);
          }
          double batchLoss = step(batch);
          if (!Double.isFinite(batchLoss)) {
            return new RunLog.Ending.Diverged(state.steps + 1, batchLoss);
          }
          state.seen++;
          listener.onStep(state.steps, batchLoss);
          if (saving != null && state.steps % saving.everySteps() == 0) {
            save();
          }
        }
        Evaluation after = evaluate();
        if (!Double.isFinite(after.loss())) {
          return new RunLog.Ending.Diverged(state.steps, after.loss());
        }
        var entry =
            new RunLog.Epoch(
                state.epoch,
                state.epochLoss / feed.samples().rows(),
                after,
                state.trainNanos / 1e9,
                state.steps);
        state.log.add(entry);
        listener.onEpoch(entry);
        optimizer.endEpoch(after.loss());
        state.epoch++;
        state.seen = 0;
        state.epochLoss = 0;
        if (saving != null && saving.checkpoints().keepsBest()) {
          saving.checkpoints().save(checkpoint(), after.loss());
          savedStep = state.steps;
        }
      }
      return new RunLog.Ending.Completed();
    }

    /** One batch; its loss, and no step when that is not finite. */
    private double step(Batch batch) {
      long begin = System.nanoTime();
      long before = state.forwardBackwardNanos;
      double batchLoss;
      try {
        batchLoss = optimizer.step(() -> differentiate(batch));
      } catch (NotFinite e) {
        return e.loss;
      }
      long end = System.nanoTime();
      long ofOptimizer = end - begin - (state.forwardBackwardNanos - before);
      count(ofOptimizer);
      state.optimizerNanos += ofOptimizer;
      state.trainNanos += end - begin;
      state.epochLoss += batchLoss * batch.rows();
      return batchLoss;
    }

    /** The closure of a step: gradients of one batch with the parameters as they stand. */
    private double differentiate(Batch batch) {
      optimizer.zeroGrad();
      long begin = System.nanoTime();
      double batchLoss;
      try (var scope = new PointerScope()) {
        Tensor mean = loss.apply(forward.apply(batch.features()), batch.targets());
        batchLoss = mean.item_float();
        if (!Double.isFinite(batchLoss)) {
          throw new NotFinite(batchLoss);
        }
        double scale = optimizer.lossScale();
        (scale == 1 ? mean : mean.mul(new Scalar(scale))).backward();
      }
      state.forwardBackwardNanos += System.nanoTime() - begin;
      return batchLoss;
    }

    private Evaluation evaluate() {
      boolean training = module.is_training();
      module.eval();
      try {
        return Evaluation.of(forward, loss, evaluated);
      } finally {
        module.train(training);
      }
    }

    private void count(long nanos) {
      if (timed == stepNanos.length) {
        stepNanos = Arrays.copyOf(stepNanos, stepNanos.length * 2);
      }
      stepNanos[timed++] = nanos;
      state.steps++;
    }

    /** Of the steps of this process. */
    private long median() {
      long[] sorted = Arrays.copyOf(stepNanos, timed);
      Arrays.sort(sorted);
      return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
  }
}
