package thalweg.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.Checkpoints;
import thalweg.optimizer.Optimizer;

/**
 * The training loop: batches through a model, backward, step, and a log of it. A value that never
 * changes; each of its methods gives another one.
 *
 * <pre>{@code
 * RunLog log = Training.of(network, feed, validation)
 *     .epochs(20)
 *     .earlyStopping(3, 0)
 *     .checkpoints(Checkpoints.in(folder), 1000)
 *     .run(optimizer, "adamw(lr=0.001)");
 * }</pre>
 *
 * <p>With {@code OMP_NUM_THREADS=1} and equal model, feed and optimizer, two runs log equal losses
 * in every bit; where the model draws random numbers, as dropout does, after equal {@code
 * torch.manual_seed}s. A loss or a gradient that is NaN or infinite ends the run before the step
 * that would have used it, and the log says so; it is not an exception.
 *
 * <p>The loss is multiplied with the optimizer's loss scale, if it has one, on its way backward
 * only: what is logged is the loss itself. An infinite gradient then is the optimizer's to skip, as
 * it is in a chain with {@code skip_nonfinite}.
 *
 * <p>After each epoch the optimizer hears that it has ended, and the validation loss: what
 * schedules that count epochs or wait for a metric go by.
 */
public final class Training {
  private final Module module;
  private final UnaryOperator<Tensor> forward;
  private final Feed feed;
  private final Samples validation;

  // written while a value is made, never after
  private Loss loss;
  private List<Metric> metrics;
  private int epochs = -1;
  private long maxSteps = Long.MAX_VALUE;
  private int accumulate = 1;
  private double clip = Double.POSITIVE_INFINITY;
  private Precision precision = Precision.FP32;
  private @Nullable Averaging averaging;
  private @Nullable EarlyStopping earlyStopping;
  private @Nullable Saving saving;
  private boolean evaluatesTraining;
  private List<TrainingListener> listeners = List.of();
  private BooleanSupplier cancelled = () -> false;

  private Training(
      Module module, UnaryOperator<Tensor> forward, Feed feed, Samples validation, Loss loss) {
    this.module = module;
    this.forward = forward;
    this.feed = feed;
    this.validation = validation;
    this.loss = loss;
    this.metrics = Metric.of(feed.samples().targets());
    if (validation.columns() != feed.samples().columns()) {
      throw new IllegalArgumentException(
          "validation samples have %d columns, training samples %d"
              .formatted(validation.columns(), feed.samples().columns()));
    }
    if (validation.rows() == 0) {
      throw new IllegalArgumentException("a training needs at least one validation sample");
    }
  }

  /** One that trains a network silently, with the loss and the metrics that fit the targets. */
  public static Training of(Network network, Feed feed, Samples validation) {
    return of(network, network::forward, feed, validation);
  }

  /**
   * One that trains any module.
   *
   * @param module whose parameters the optimizer updates, and whose mode is switched for
   *     evaluations
   * @param forward features {@code [rows, columns]} to outputs {@code [rows, outputs]}, or {@code
   *     [rows, length, classes]}
   * @param feed the samples to train on; a batch must not be larger than all of them
   * @param validation the samples to evaluate on, at least one
   */
  public static Training of(
      Module module, UnaryOperator<Tensor> forward, Feed feed, Samples validation) {
    return new Training(module, forward, feed, validation, Loss.of(feed.samples().targets()));
  }

  /** One that trains a fully connected network for so many epochs. */
  public static Training of(Mlp model, Feed feed, Samples validation, int epochs) {
    Samples samples = feed.samples();
    Mlp.Shape shape = model.shape();
    if (shape.inputs() != samples.columns() || shape.outputs() != samples.targets().outputs()) {
      throw new IllegalArgumentException(
          "the network takes %d features and gives %d outputs, the samples have %d and need %d"
              .formatted(
                  shape.inputs(), shape.outputs(), samples.columns(), samples.targets().outputs()));
    }
    return of(model, model::forward, feed, validation).epochs(epochs);
  }

  private Training with(Consumer<Training> change) {
    Training made = new Training(module, forward, feed, validation, loss);
    made.metrics = metrics;
    made.epochs = epochs;
    made.maxSteps = maxSteps;
    made.accumulate = accumulate;
    made.clip = clip;
    made.precision = precision;
    made.averaging = averaging;
    made.earlyStopping = earlyStopping;
    made.saving = saving;
    made.evaluatesTraining = evaluatesTraining;
    made.listeners = listeners;
    made.cancelled = cancelled;
    change.accept(made);
    return made;
  }

  /** This training, for so many passes over the feed, at least 0. */
  public Training epochs(int passes) {
    if (passes < 0) {
      throw new IllegalArgumentException("Training.epochs must be >= 0, got " + passes);
    }
    return with(made -> made.epochs = passes);
  }

  /**
   * This training, ended after so many updates, in the middle of an epoch if need be: it is then
   * evaluated as at the end of one. Without {@link #epochs}, as many epochs as that takes.
   */
  public Training maxSteps(long updates) {
    if (updates < 0) {
      throw new IllegalArgumentException("Training.maxSteps must be >= 0, got " + updates);
    }
    return with(made -> made.maxSteps = updates);
  }

  /** This training, lowering another loss than the one that fits the targets. */
  public Training loss(Loss lowered) {
    return with(made -> made.loss = lowered);
  }

  /** This training, measured otherwise; the first is "the" metric. */
  public Training metrics(Metric... measured) {
    return metrics(List.of(measured));
  }

  /** This training, measured otherwise; the first is "the" metric. */
  public Training metrics(List<? extends Metric> measured) {
    return with(made -> made.metrics = List.copyOf(measured));
  }

  /** This training, which evaluates the training samples too after each epoch. */
  public Training evaluateTraining() {
    return with(made -> made.evaluatesTraining = true);
  }

  /**
   * This training, with one update for so many batches: the gradient is the mean over all their
   * samples, that of one large batch, in the memory of a small one. At the end of an epoch an
   * update may have fewer. Layers that look at a batch as a whole, such as batch normalization,
   * look at the small ones; so does the divisor of a loss with class weights.
   */
  public Training accumulate(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException("Training.accumulate must be >= 1, got " + batches);
    }
    return with(made -> made.accumulate = batches);
  }

  /**
   * This training, with gradients scaled down to a norm: that of all gradients together (Pascanu et
   * al. 2013, algorithm 1). The log has the norm before.
   *
   * @param maxNorm positive; infinite for no limit
   */
  public Training clip(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("Training.clip must be > 0, got " + maxNorm);
    }
    return with(made -> made.clip = maxNorm);
  }

  /** This training, going forward and backward in other numbers. */
  public Training precision(Precision numbers) {
    return with(made -> made.precision = numbers);
  }

  /**
   * This training, with a mean of the weights beside them: evaluated after each epoch, saved with
   * every checkpoint, and what the module holds when the run has ended. Early stopping and the best
   * checkpoint go by the mean once there is one.
   */
  public Training averageWeights(Averaging mean) {
    return with(made -> made.averaging = mean);
  }

  /**
   * This training, ended when the validation loss gets no better. When it ends, in this way or
   * after all epochs, the module holds the weights of the best epoch.
   *
   * @param patience epochs in a row without a better loss that are borne, at least 1
   * @param minDelta by how much the loss must fall below the best to count as better, at least 0
   */
  public Training earlyStopping(int patience, double minDelta) {
    EarlyStopping rule = new EarlyStopping(patience, minDelta);
    return with(made -> made.earlyStopping = rule);
  }

  /** This training, heard by one more listener. */
  public Training listener(TrainingListener heard) {
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(heard);
    return with(made -> made.listeners = List.copyOf(all));
  }

  /**
   * This training, ended early once the condition holds; asked on the thread that trains, before
   * every step and every chunk of an evaluation. An epoch whose evaluation is left so is evaluated
   * when the run goes on.
   */
  public Training cancelWhen(BooleanSupplier condition) {
    return with(made -> made.cancelled = condition);
  }

  /**
   * This training, saving itself as it goes: model, optimizer, schedules, the place in the data,
   * libtorch's random numbers, averages, the best weights and the log. A run goes on from the last
   * whole checkpoint of the folder, if there is one, with every loss and parameter equal in every
   * bit to those of a run that was never stopped; it begins anew in an empty folder. More epochs
   * than before make it go on beyond its end. Where the folder keeps the best, one more is saved
   * after each epoch, with the validation loss as its score.
   *
   * @param everySteps number of updates from one checkpoint to the next; one more is saved at the
   *     end, and when the run is cancelled
   */
  public Training checkpoints(Checkpoints checkpoints, int everySteps) {
    Saving into = new Saving(checkpoints, everySteps);
    return with(made -> made.saving = into);
  }

  /**
   * Trains with Thalweg's optimizer, made for the model's {@link TorchParameters}.
   *
   * @param text the optimizer's text form, for the log
   * @throws IllegalArgumentException in one line, if network, loss and samples do not fit together
   * @throws NotEnoughMemoryException if libtorch has none for a batch
   */
  public RunLog run(Optimizer optimizer, String text) {
    return run(Stepping.of(optimizer, text));
  }

  /** Trains with any optimizer, made for the model's parameters. */
  public RunLog run(Stepping optimizer) {
    if (epochs < 0 && maxSteps == Long.MAX_VALUE) {
      throw new IllegalStateException(
          "a training needs to know when to end; say epochs(n) or maxSteps(n)");
    }
    feed.batching().requireWithin(feed.samples().rows());
    try (TrainingRun run = new TrainingRun(this, optimizer)) {
      return run.run();
    }
  }

  /**
   * Refuses now, in one line, a network, loss and samples that {@link #run} would refuse later;
   * nothing of them is changed.
   *
   * @throws IllegalArgumentException if they do not fit together
   */
  public void requireFit() {
    Fit.check(this, Autocast.of(precision, forward));
  }

  /** Whether it gets so far as the last batch of an epoch, as far as can be told beforehand. */
  boolean reachesLastBatch() {
    return epochs != 0 && maxSteps > (feed.steps() - 1) / accumulate;
  }

  /**
   * How well the module does as it stands, in evaluation mode: on samples set aside for the end,
   * such as a test set. With the loss and the metrics of this training.
   *
   * @param samples at least one
   */
  public Evaluation evaluate(Samples samples) {
    boolean mode = module.is_training();
    module.eval();
    try (Feed all = Evaluation.feed(samples)) {
      return Evaluation.of(Autocast.of(precision, forward), loss, metrics, all, () -> false);
    } finally {
      module.train(mode);
    }
  }

  /** What the run does, by name, for logs: numbers, texts and truth values. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("seed", feed.seed());
    settings.put("batching", feed.batching().text());
    settings.put("curriculum", feed.curriculum() == null ? "none" : feed.curriculum().text());
    settings.put("rows", (long) feed.samples().rows());
    settings.put("columns", (long) feed.samples().columns());
    settings.put("loss", loss.text());
    settings.put("accumulate", (long) accumulate);
    settings.put("clip", Double.isInfinite(clip) ? "none" : Double.toString(clip));
    settings.put("precision", precision.name());
    settings.put("averaging", averaging == null ? "none" : averaging.text());
    return settings;
  }

  Module module() {
    return module;
  }

  UnaryOperator<Tensor> forward() {
    return forward;
  }

  Feed feed() {
    return feed;
  }

  Samples validation() {
    return validation;
  }

  Loss loss() {
    return loss;
  }

  List<Metric> metrics() {
    return metrics;
  }

  /** As many as there may be, where only the steps are limited. */
  int epochs() {
    return epochs < 0 ? Integer.MAX_VALUE : epochs;
  }

  long maxSteps() {
    return maxSteps;
  }

  int accumulate() {
    return accumulate;
  }

  double clip() {
    return clip;
  }

  Precision precision() {
    return precision;
  }

  @Nullable Averaging averaging() {
    return averaging;
  }

  @Nullable EarlyStopping earlyStopping() {
    return earlyStopping;
  }

  @Nullable Saving saving() {
    return saving;
  }

  boolean evaluatesTraining() {
    return evaluatesTraining;
  }

  List<TrainingListener> listeners() {
    return Objects.requireNonNull(listeners);
  }

  boolean cancelled() {
    return cancelled.getAsBoolean();
  }
}
