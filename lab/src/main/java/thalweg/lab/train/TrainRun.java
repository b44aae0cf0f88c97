package thalweg.lab.train;

import static thalweg.torch.TrainingListener.SILENT;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Checkpoints;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.data.Prepared;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;
import thalweg.torch.Averaging;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.FineTune;
import thalweg.torch.Libtorch;
import thalweg.torch.Loss;
import thalweg.torch.Network;
import thalweg.torch.NotEnoughMemoryException;
import thalweg.torch.Precision;
import thalweg.torch.RunLog;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.log.RunLogWriter;
import thalweg.torch.log.TensorBoard;
import thalweg.torch.nets.Architecture;
import thalweg.torch.nets.Networks;

/**
 * One network trained on one data set, in a folder of its own.
 *
 * @param settings all options, with those of the folder where a run goes on
 * @param resumed the folder of a run that goes on; empty for a new run
 */
public record TrainRun(TrainSettings settings, Optional<RunFolder> resumed) {
  private static final String WHILE_READING = "stopped before the first step; nothing was written";

  /** A new run. */
  public static TrainRun begin(TrainSettings settings) {
    return new TrainRun(settings, Optional.empty());
  }

  /**
   * The run of a folder, going on.
   *
   * @param newer options that were given this time
   * @throws BadInput if there is no run in it, an option differs that must not, more than is asked
   *     for was done already, or its checkpoints are gone
   */
  public static TrainRun resume(Path path, TrainSettings newer) {
    RunFolder folder = new RunFolder(path);
    TrainSettings settings = folder.read().goingOn(newer, path);
    Resumption.check(folder, newer);
    return new TrainRun(settings, Optional.of(folder));
  }

  /**
   * Trains.
   *
   * @param interruption asked before every step; once it holds, the run saves itself and ends
   * @param threads of the optimizer; libtorch takes as many as {@code OMP_NUM_THREADS} says
   * @throws BadInput if options, data and network do not go together, or memory does not suffice
   */
  public TrainResult run(TrainText text, Interruption interruption, int threads) {
    if (resumed.isEmpty()) {
      asked().ifPresent(RunFolder::checked);
    }
    try {
      Job job = interruption.leaving(WHILE_READING, () -> job(text));
      try {
        return train(job, text, interruption, threads);
      } finally {
        job.feed.close();
        job.network.close();
      }
    } catch (CheckpointException | NotEnoughMemoryException | UncheckedIOException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is trained. */
  record Job(Prepared data, Loss loss, Architecture architecture, Network network, Feed feed) {}

  /** Reads and makes it, and says so. */
  private Job job(TrainText text) {
    Prepared data = DataChoice.of(settings);
    Facts.data(data).forEach(text::fact);
    Loss loss = LossChoice.of(settings, data);
    Architecture architecture = NetworkChoice.architecture(settings, data.form());
    Feed feed = feed(data);
    try {
      Libtorch.seed(settings.seed());
      Network network = NetworkChoice.of(architecture, settings, data, loss, text);
      text.fact("network", architecture.text() + "\n" + Networks.describe(network));
      return new Job(data, loss, architecture, network, feed);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  private Feed feed(Prepared data) {
    return Reading.option(
        TrainOption.BATCH,
        () -> {
          Batching batching = Batching.parse(settings.text(TrainOption.BATCH));
          int rows = data.train().rows();
          if (!settings.has(TrainOption.BATCH)) {
            batching = new Batching.Mini(batching.size(rows)); // few rows make a small batch
          }
          batching.requireWithin(rows);
          return new Feed(data.train(), batching, settings.seed(), data.curriculum().orElse(null));
        });
  }

  private TrainResult train(Job job, TrainText text, Interruption interruption, int threads) {
    Training training = training(job);
    training.requireFit(); // before anything is written
    long perEpoch = Math.ceilDiv(job.feed().steps(), count(TrainOption.ACCUMULATE));
    Transformation rule = OptimizerChoice.rule(settings, steps(perEpoch), perEpoch);
    Optional<FineTune> tuning = OptimizerChoice.tuning(settings, job.network());
    Parameters parameters = TorchParameters.of(job.network());
    try (Optimizer optimizer = OptimizerChoice.of(rule, tuning, parameters, threads)) {
      RunFolder folder = resumed.orElseGet(() -> RunFolder.make(asked(), name(job)));
      try (FolderLock lock = FolderLock.of(folder.path())) {
        if (resumed.isEmpty()) {
          RunFolder.checked(folder.path()); // nobody has begun a run there meanwhile
        }
        folder.write(settings);
        StopRequest stop = new StopRequest(folder.path());
        text.fact("optimizer", Specs.print(rule) + ", " + optimizer.backend());
        text.fact("loss", job.loss().text());
        text.fact("folder", folder.path().toString());
        Checkpoints checkpoints =
            Checkpoints.in(folder.checkpoints())
                .keepBest()
                .notices(notice -> text.fact("note", notice));
        int every = count(TrainOption.LOG_EVERY);
        try (RunLogWriter log = new RunLogWriter(folder.log(), every);
            TensorBoard board = new TensorBoard(folder.tensorBoard(), every)) {
          RunLog ran =
              training
                  .checkpoints(checkpoints, count(TrainOption.CHECKPOINT_EVERY))
                  .listener(log)
                  .listener(settings.flag(TrainOption.TENSORBOARD) ? board : SILENT)
                  .listener(tuning.map(FineTune::listener).orElse(SILENT))
                  .listener(text)
                  .cancelWhen(() -> interruption.getAsBoolean() || stop.getAsBoolean())
                  .run(optimizer, Specs.print(rule));
          TrainResult result =
              new Measuring(settings, job, training, folder, interruption)
                  .result(
                      ran,
                      text.lastGradientNorm(),
                      checkpoints,
                      Specs.print(rule),
                      parameters.elements());
          TrainResultText.print(result, text);
          return result;
        }
      }
    } finally {
      TorchParameters.release(parameters);
    }
  }

  private Training training(Job job) {
    Training training =
        Training.of(job.network(), job.feed(), job.data().validation())
            .loss(job.loss())
            .metrics(LossChoice.metrics(settings, job.data().train().targets()))
            .accumulate(count(TrainOption.ACCUMULATE))
            .precision(precision());
    if (byEpochs()) {
      training = training.epochs(count(TrainOption.EPOCHS));
    }
    if (settings.has(TrainOption.STEPS)) {
      training = training.maxSteps(count(TrainOption.STEPS));
    }
    if (settings.has(TrainOption.CLIP)) {
      training = training.clip(settings.number(TrainOption.CLIP).orElseThrow());
    }
    if (settings.has(TrainOption.EARLY_STOPPING)) {
      training = training.earlyStopping(count(TrainOption.EARLY_STOPPING), 0);
    }
    if (settings.has(TrainOption.EMA) && settings.has(TrainOption.SWA)) {
      throw new BadInput("--ema and --swa are two ways to average the weights; give one of them");
    }
    if (settings.has(TrainOption.EMA)) {
      double decay = settings.number(TrainOption.EMA).orElseThrow();
      training =
          training.averageWeights(Reading.option(TrainOption.EMA, () -> new Averaging.Ema(decay)));
    }
    if (settings.has(TrainOption.SWA)) {
      requireReached();
      training = training.averageWeights(new Averaging.Swa(count(TrainOption.SWA)));
    }
    return training;
  }

  /** A mean from an epoch on that never comes would be none. */
  private void requireReached() {
    if (byEpochs() && count(TrainOption.SWA) > count(TrainOption.EPOCHS)) {
      throw new BadInput(
          "--swa %d averages from an epoch on that --epochs %d does not reach; give at most %d"
              .formatted(
                  count(TrainOption.SWA), count(TrainOption.EPOCHS), count(TrainOption.EPOCHS)));
    }
  }

  private Precision precision() {
    String text = settings.text(TrainOption.PRECISION);
    return switch (text) {
      case "fp32" -> Precision.FP32;
      case "bf16" -> Precision.BF16;
      default -> throw new BadInput("--precision must be fp32 or bf16, got '%s'".formatted(text));
    };
  }

  /** Updates the run makes at most. */
  private long steps(long perEpoch) {
    long limit = settings.count(TrainOption.STEPS).orElse(Integer.MAX_VALUE);
    return byEpochs() ? Math.min(limit, count(TrainOption.EPOCHS) * perEpoch) : limit;
  }

  private boolean byEpochs() {
    return settings.has(TrainOption.EPOCHS) || !settings.has(TrainOption.STEPS);
  }

  private int count(TrainOption option) {
    return settings.count(option).orElseThrow();
  }

  private Optional<Path> asked() {
    return settings.path(TrainOption.RUN);
  }

  private static String name(Job job) {
    return Facts.shortName(job.data().name(), job.architecture().text());
  }
}
