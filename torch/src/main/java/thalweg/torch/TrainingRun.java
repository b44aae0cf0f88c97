package thalweg.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.optimizer.Optimizer;

/** One run of a {@link Training}: what changes while it goes on. */
final class TrainingRun implements AutoCloseable {
  /** So many of the last steps make the median, in a run of any length. */
  private static final int TIMED_STEPS = 1 << 16;

  private final Training training;
  private final Stepping optimizer;
  private final Feed feed;
  private final UnaryOperator<Tensor> forward;
  private final Evaluator evaluator;
  private final Gradients gradients;
  private final Mean mean;
  private final Best best;
  private final boolean skipsNonFinite;
  private RunState state = new RunState();
  private long savedStep = -1;
  private final long[] stepNanos = new long[TIMED_STEPS];
  private long timed;
  private double gradientNorm;
  private long loadNanos;

  TrainingRun(Training training, Stepping optimizer) {
    this.training = training;
    this.optimizer = optimizer;
    this.feed = training.feed();
    this.forward = Autocast.of(training.precision(), training.forward());
    this.skipsNonFinite = optimizer.skipsNonFinite();
    Fit.check(training, forward);
    this.evaluator = new Evaluator(training, forward);
    this.gradients = new Gradients(training.module());
    this.mean = new Mean(training, forward);
    this.best = new Best(training);
  }

  @Override
  public void close() {
    evaluator.close();
    gradients.close();
    mean.close();
    best.close();
  }

  /** Ends a step before anything is updated. */
  @SuppressWarnings("serial") // never leaves this class
  private static final class NotFinite extends RuntimeException {
    private final double loss;
    private final double gradientNorm;

    NotFinite(double loss, double gradientNorm) {
      super("loss is " + loss, null, false, false);
      this.loss = loss;
      this.gradientNorm = gradientNorm;
    }
  }

  RunLog run() {
    long resumed = resume() ? state.steps : 0;
    boolean begun = state.steps > 0 || !Double.isNaN(state.start.loss()) || evaluateStart();
    RunStart start = start(resumed);
    training.listeners().forEach(listener -> listener.onStart(start));
    RunLog.Ending ending = begun ? train() : new RunLog.Ending.Cancelled(0);
    if (!(ending instanceof RunLog.Ending.Diverged) && !save()) {
      ending = diverged();
    }
    RunLog.Epoch partial = null;
    try {
      partial = ending instanceof RunLog.Ending.Completed ? partial() : null;
    } catch (Stopped _) {
      ending = new RunLog.Ending.Cancelled(state.steps);
    }
    if (!best.restore()) {
      mean.leave();
    }
    RunLog log = log(ending, partial);
    training.listeners().forEach(listener -> listener.onEnd(log));
    return log;
  }

  /** False if that was cancelled: a run that goes on then does it. */
  private boolean evaluateStart() {
    try {
      state.start = evaluator.validation();
      return true;
    } catch (Stopped _) {
      return false;
    }
  }

  private RunStart start(long resumed) {
    int perEpoch = Math.ceilDiv(feed.steps(), training.accumulate());
    long all = Math.min(training.maxSteps(), (long) training.epochs() * perEpoch);
    var settings = RunState.setting(training, optimizer.text());
    return new RunStart(
        settings,
        training.metrics().stream().map(Metric::name).toList(),
        gradients.all(),
        gradients.learned(),
        training.epochs(),
        perEpoch,
        all,
        resumed,
        state.start,
        state.log);
  }

  private RunLog log(RunLog.Ending ending, RunLog.@Nullable Epoch partial) {
    List<RunLog.Epoch> epochs = new ArrayList<>(state.log);
    if (partial != null) {
      epochs.add(partial);
    }
    return new RunLog(
        optimizer.text(),
        feed.seed(),
        feed.batching(),
        state.start,
        epochs,
        state.steps,
        state.forwardBackwardNanos / 1e9,
        state.optimizerNanos / 1e9,
        median(),
        ending);
  }

  /** Whether there was something to go on from. */
  private boolean resume() {
    Saving saving = training.saving();
    if (saving == null) {
      return false;
    }
    Optimizer saved = savedOptimizer();
    Optional<RunCheckpoint> last = saving.checkpoints().latest();
    last.ifPresent(run -> {
      state = RunState.resume(run, training, saved, optimizer.text());
      mean.load(run, state);
      best.load(run, state);
      savedStep = run.step();
    });
    return last.isPresent();
  }

  /** Saves the run as it stands, unless that has been done; false if it has no numbers left. */
  private boolean save() {
    Saving saving = training.saving();
    if (saving != null && savedStep != state.steps) {
      if (!gradients.parametersAreFinite()) {
        return false;
      }
      saving.checkpoints().save(checkpoint());
      saved();
    }
    return true;
  }

  private void saved() {
    savedStep = state.steps;
    training.listeners().forEach(listener -> listener.onCheckpoint(savedStep));
  }

  private RunCheckpoint checkpoint() {
    return state.checkpoint(training, savedOptimizer(), optimizer.text(), mean, best);
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
    Saving saving = training.saving();
    while (state.epoch <= training.epochs()) {
      if (best.isSpent(state)) {
        return new RunLog.Ending.StoppedEarly(state.steps, state.bestEpoch);
      }
      Iterator<Batch> batches = feed.epoch(state.epoch, state.seen).iterator();
      while (batches.hasNext()) {
        if (state.steps >= training.maxSteps()) {
          return new RunLog.Ending.Completed();
        }
        if (training.cancelled()) {
          return new RunLog.Ending.Cancelled(state.steps);
        }
        try {
          step(batches);
        } catch (NotFinite e) {
          return new RunLog.Ending.Diverged(state.steps + 1, e.loss, e.gradientNorm);
        }
        if (saving != null && state.steps % saving.everySteps() == 0 && !save()) {
          return diverged();
        }
      }
      try {
        Evaluation after = evaluator.validation();
        if (!Double.isFinite(after.loss())) {
          return new RunLog.Ending.Diverged(state.steps, after.loss(), gradientNorm);
        }
        endEpoch(after);
      } catch (Stopped _) {
        return new RunLog.Ending.Cancelled(state.steps);
      }
    }
    return new RunLog.Ending.Completed();
  }

  private RunLog.Ending diverged() {
    return new RunLog.Ending.Diverged(state.steps, Double.NaN, gradientNorm);
  }

  private void endEpoch(Evaluation after) {
    RunLog.Epoch entry;
    try {
      mean.endEpoch(state);
      entry = entry(after);
      mean.settle();
    } catch (Stopped e) {
      mean.undo(state);
      throw e;
    }
    state.log.add(entry);
    training.listeners().forEach(listener -> listener.onEpoch(entry));
    optimizer.endEpoch(after.loss());
    double judged = entry.judged().loss();
    best.judge(judged, state, mean);
    state.epoch++;
    state.seen = 0;
    state.epochLoss = 0;
    Saving saving = training.saving();
    if (saving != null && saving.checkpoints().keepsBest()) {
      saving.checkpoints().save(checkpoint(), judged);
      saved();
    }
  }

  private RunLog.Epoch entry(Evaluation after) {
    RunLog.Epoch last = state.log.isEmpty() ? null : state.log.getLast();
    double seconds = state.trainNanos / 1e9 - (last == null ? 0 : last.seconds());
    double ofOptimizer = state.optimizerNanos / 1e9 - (last == null ? 0 : last.optimizerSeconds());
    return new RunLog.Epoch(
        state.epoch,
        state.epochLoss / feed.rows(0, state.seen),
        after,
        training.evaluatesTraining() ? evaluator.training() : null,
        mean.evaluate(state, evaluator),
        state.trainNanos / 1e9,
        state.optimizerNanos / 1e9,
        seconds == 0 ? 0 : ofOptimizer / seconds,
        state.steps);
  }

  /** What there is of an epoch that the limit of steps has cut; null if there is nothing of it. */
  private RunLog.@Nullable Epoch partial() {
    if (state.seen == 0) {
      return null;
    }
    RunLog.Epoch entry = entry(evaluator.validation());
    training.listeners().forEach(listener -> listener.onEpoch(entry));
    return entry;
  }

  private void step(Iterator<Batch> batches) {
    int group = Math.min(training.accumulate(), feed.steps() - state.seen);
    long begin = System.nanoTime();
    long before = state.forwardBackwardNanos;
    loadNanos = 0;
    double lr = optimizer.rate();
    int samples = feed.rows(state.seen, group);
    double loss = optimizer.step(() -> differentiate(batches, group, samples));
    long nanos = System.nanoTime() - begin - loadNanos;
    long forwardBackward = state.forwardBackwardNanos - before;
    long ofOptimizer = nanos - forwardBackward;
    count(ofOptimizer);
    state.seen += group;
    state.optimizerNanos += ofOptimizer;
    state.trainNanos += nanos;
    state.epochLoss += loss * samples;
    mean.afterStep(state);
    if (!training.listeners().isEmpty()) {
      StepReport report =
          new StepReport(
              state.steps,
              state.epoch,
              loss,
              lr,
              gradientNorm,
              samples,
              forwardBackward,
              ofOptimizer);
      training.listeners().forEach(listener -> listener.onStep(report));
    }
  }

  /**
   * The closure of a step: the mean gradient of some batches with the parameters as they stand.
   *
   * @param samples in all of them
   */
  private double differentiate(Iterator<Batch> batches, int group, int samples) {
    optimizer.zeroGrad();
    long begin = System.nanoTime();
    double scale = optimizer.lossScale();
    double loss = 0;
    for (int i = 0; i < group; i++) {
      long asked = System.nanoTime();
      Batch batch = batches.next();
      loadNanos += System.nanoTime() - asked;
      double share = (double) batch.rows() / samples;
      loss += share * backward(batch, scale * share);
    }
    gradientNorm = gradients.norm() / scale;
    if (!Double.isFinite(gradientNorm) && !skipsNonFinite) {
      throw new NotFinite(loss, gradientNorm);
    }
    if (gradientNorm > training.clip() && Double.isFinite(gradientNorm)) {
      gradients.scale(training.clip() / gradientNorm);
    }
    state.forwardBackwardNanos += System.nanoTime() - begin - loadNanos;
    return loss;
  }

  /** The batch's loss; its gradient, times a factor, is added to what there is. */
  private double backward(Batch batch, double factor) {
    try (var scope = new PointerScope()) {
      Tensor mean = training.loss().apply(forward.apply(batch.features()), batch.targets());
      double loss = mean.item_float();
      if (!Double.isFinite(loss)) {
        throw new NotFinite(loss, Double.NaN);
      }
      (factor == 1 ? mean : mean.mul(new Scalar(factor))).backward();
      return loss;
    } catch (OutOfMemoryError | RuntimeException e) {
      throw Fit.explained(e, feed, batch.rows());
    }
  }

  private void count(long nanos) {
    stepNanos[(int) (timed++ % TIMED_STEPS)] = nanos;
    state.steps++;
  }

  /** Of the steps of this process. */
  private long median() {
    long[] sorted = Arrays.copyOf(stepNanos, (int) Math.min(timed, TIMED_STEPS));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
