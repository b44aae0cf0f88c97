package thalweg.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import thalweg.optimizer.Optimizer;

/**
 * The training loop: batches through a model, backward, step, and a log of it.
 *
 * <p>With {@code OMP_NUM_THREADS=1} and equal model, feed and optimizer, two runs log equal losses
 * in every bit. A loss that is NaN or infinite ends the run before the step that would have used
 * it, and the log says so; it is not an exception.
 *
 * <p>After each epoch the optimizer hears that it has ended, and the validation loss: what
 * schedules that count epochs or wait for a metric go by.
 *
 * @param forward features {@code [rows, columns]} to outputs {@code [rows, outputs]}
 * @param module whose training mode is switched around evaluations
 * @param validation the samples to evaluate on
 * @param epochs passes over the feed, at least 0
 * @param cancelled asked before every step; true ends the run
 */
public record Training(
    Module module,
    UnaryOperator<Tensor> forward,
    Loss loss,
    Feed feed,
    Samples validation,
    int epochs,
    TrainingListener listener,
    BooleanSupplier cancelled) {
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
        () -> false);
  }

  /** This training, heard by a listener. */
  public Training listener(TrainingListener heard) {
    return new Training(module, forward, loss, feed, validation, epochs, heard, cancelled);
  }

  /** This training, ended early once the condition holds; asked on the thread that trains. */
  public Training cancelWhen(BooleanSupplier condition) {
    return new Training(module, forward, loss, feed, validation, epochs, listener, condition);
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
    private final List<RunLog.Epoch> log = new ArrayList<>();
    private long[] stepNanos = new long[1024];
    private long steps;
    private long trainNanos;
    private long forwardBackwardNanos;
    private long optimizerNanos;
    private double epochLoss;

    Run(Stepping optimizer, Feed evaluated) {
      this.optimizer = optimizer;
      this.evaluated = evaluated;
    }

    RunLog run() {
      Evaluation start = evaluate();
      RunLog.Ending ending = train();
      return new RunLog(
          optimizer.text(),
          feed.seed(),
          feed.batching(),
          start,
          log,
          steps,
          forwardBackwardNanos / 1e9,
          optimizerNanos / 1e9,
          median(),
          ending);
    }

    private RunLog.Ending train() {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        epochLoss = 0;
        for (Batch batch : feed.epoch(epoch)) {
          if (cancelled.getAsBoolean()) {
            return new RunLog.Ending.Cancelled(steps);
          }
          double batchLoss = step(batch);
          if (!Double.isFinite(batchLoss)) {
            return new RunLog.Ending.Diverged(steps + 1, batchLoss);
          }
          listener.onStep(steps, batchLoss);
        }
        Evaluation after = evaluate();
        if (!Double.isFinite(after.loss())) {
          return new RunLog.Ending.Diverged(steps, after.loss());
        }
        var entry =
            new RunLog.Epoch(
                epoch, epochLoss / feed.samples().rows(), after, trainNanos / 1e9, steps);
        log.add(entry);
        listener.onEpoch(entry);
        optimizer.endEpoch(after.loss());
      }
      return new RunLog.Ending.Completed();
    }

    /** One batch; its loss, and no step when that is not finite. */
    private double step(Batch batch) {
      long begin = System.nanoTime();
      long before = forwardBackwardNanos;
      double batchLoss;
      try {
        batchLoss = optimizer.step(() -> differentiate(batch));
      } catch (NotFinite e) {
        return e.loss;
      }
      long end = System.nanoTime();
      long ofOptimizer = end - begin - (forwardBackwardNanos - before);
      count(ofOptimizer);
      optimizerNanos += ofOptimizer;
      trainNanos += end - begin;
      epochLoss += batchLoss * batch.rows();
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
        mean.backward();
      }
      forwardBackwardNanos += System.nanoTime() - begin;
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
      if (steps == stepNanos.length) {
        stepNanos = Arrays.copyOf(stepNanos, stepNanos.length * 2);
      }
      stepNanos[Math.toIntExact(steps++)] = nanos;
    }

    private long median() {
      long[] sorted = Arrays.copyOf(stepNanos, Math.toIntExact(steps));
      Arrays.sort(sorted);
      return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
  }
}
