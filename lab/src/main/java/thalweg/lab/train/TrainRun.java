package thalweg.lab.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.ModelFile;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.data.BuiltInData;
import thalweg.lab.data.CsvTable;
import thalweg.lab.data.DataSet;
import thalweg.lab.data.Split;
import thalweg.lab.data.Task;
import thalweg.lab.schedule.LearningRate;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;
import thalweg.torch.Activation;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Libtorch;
import thalweg.torch.Mlp;
import thalweg.torch.ModuleTensors;
import thalweg.torch.RunLog;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;
import thalweg.torch.TrainingListener;

/**
 * One network trained on one data set, in a folder of its own.
 *
 * @param settings all options, those of the folder where a run goes on
 */
public record TrainRun(TrainSettings settings, Optional<RunFolder> resumed) {
  /** A new run. */
  public static TrainRun begin(TrainSettings settings) {
    return new TrainRun(settings, Optional.empty());
  }

  /**
   * The run of a folder, going on.
   *
   * @param newer options that were given this time
   */
  public static TrainRun resume(Path path, TrainSettings newer) {
    RunFolder folder = new RunFolder(path);
    return new TrainRun(folder.read().goingOn(newer, path), Optional.of(folder));
  }

  /**
   * Trains.
   *
   * @param cancelled asked before every step
   */
  public TrainResult run(TrainText text, BooleanSupplier cancelled, int threads) {
    Split split = Split.of(data(), settings.seed());
    Batching batching = Batching.parse(settings.text(TrainOption.BATCH));
    Libtorch.load();
    Libtorch.threads(1);
    Mlp model =
        Mlp.of(
            new Mlp.Shape(
                split.train().columns(),
                List.of(64),
                split.train().targets().outputs(),
                Activation.RELU),
            settings.seed());
    Parameters parameters = TorchParameters.of(model);
    int epochs = settings.count(TrainOption.EPOCHS).orElseThrow();
    try (Feed feed = new Feed(split.train(), batching, settings.seed())) {
      Transformation rule =
          OptimizerChoice.of(settings, (long) epochs * feed.steps(), feed.steps());
      try (Optimizer optimizer =
          Optimizer.over(parameters).otherwise(rule).threads(threads).build()) {
        RunFolder folder =
            resumed.orElseGet(() ->
                RunFolder.begin(
                    settings.path(TrainOption.RUN), settings.text(TrainOption.DATA), settings));
        Checkpoints checkpoints = Checkpoints.in(folder.checkpoints()).keepBest();
        Group group = optimizer.groups().getLast();
        boolean rated = LearningRate.of(rule).isPresent();
        text.head(List.of("metric"));
        text.begin((long) epochs * feed.steps());
        RunLog log =
            Training.of(model, feed, split.validation(), epochs)
                .cancelWhen(cancelled)
                .checkpoints(
                    checkpoints, settings.count(TrainOption.CHECKPOINT_EVERY).orElseThrow())
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onStep(long step, double loss) {
                        text.step((int) ((step - 1) / feed.steps()) + 1, loss, rate());
                      }

                      private double rate() {
                        return rated ? ((Number) group.get("lr")).doubleValue() : Double.NaN;
                      }

                      @Override
                      public void onEpoch(RunLog.Epoch epoch) {
                        text.row(
                            epoch.epoch(),
                            epoch.trainLoss(),
                            epoch.validationLoss(),
                            List.of(epoch.metric()),
                            rate(),
                            Double.NaN,
                            epoch.seconds());
                      }
                    })
                .run(optimizer, Specs.print(rule));
        ModuleTensors.save(model, folder.last());
        checkpoints.best().ifPresent(best -> ModelFile.save(folder.best(), best.model()));
        return new TrainResult(folder, log);
      } catch (CheckpointException e) {
        throw new BadInput(String.valueOf(e.getMessage()), e);
      }
    } finally {
      TorchParameters.release(parameters);
      model.close();
    }
  }

  private DataSet data() {
    Optional<Path> csv = settings.path(TrainOption.CSV);
    if (csv.isEmpty()) {
      return BuiltInData.named(settings.text(TrainOption.DATA));
    }
    String target =
        settings
            .find(TrainOption.TARGET)
            .orElseThrow(() ->
                new BadInput(
                    "--csv %s needs --target COLUMN, the column to predict".formatted(csv.get())));
    return new CsvTable(
            csv.get(), target, settings.find(TrainOption.TASK).map(Task::of).orElse(null), null)
        .load();
  }
}
