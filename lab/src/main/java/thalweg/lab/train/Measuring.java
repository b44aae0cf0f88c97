package thalweg.lab.train;

import java.util.Optional;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.ModelFile;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.lab.CommandText;
import thalweg.lab.data.text.Baseline;
import thalweg.optimizer.LoadOptions;
import thalweg.torch.Evaluation;
import thalweg.torch.Form;
import thalweg.torch.ModuleTensors;
import thalweg.torch.RunLog;
import thalweg.torch.Samples;
import thalweg.torch.Training;
import thalweg.torch.nets.Continuation;

/** What is done when the loop has ended: weights into files, the best of them measured. */
record Measuring(
    TrainSettings settings,
    TrainRun.Job job,
    Training training,
    RunFolder folder,
    Interruption interruption) {
  private static final int BASELINE_ORDER = 2;

  TrainResult result(
      RunLog log,
      double lastGradientNorm,
      Checkpoints checkpoints,
      String optimizer,
      long parameters) {
    String chosen = "last";
    Measured measured = Measured.NOTHING;
    Optional<RunCheckpoint> best =
        log.ending() instanceof RunLog.Ending.Cancelled || averages()
            ? Optional.empty()
            : checkpoints.best();
    best.ifPresent(run -> ModelFile.save(folder.best(), run.model()));
    if (log.completed() || log.ending() instanceof RunLog.Ending.StoppedEarly) {
      ModuleTensors.save(job.network(), folder.last());
      if (best.isPresent()) {
        chosen = "best";
        ModuleTensors.load(job.network(), best.get().model(), LoadOptions.strict());
      }
      measured =
          interruption.leaving(
              "stopped while the weights were measured; the run is saved, and ./thalweg train --resume %s measures again"
                  .formatted(CommandText.quoted(folder.path())),
              this::measured);
    }
    return new TrainResult(
        folder,
        settings,
        job.data().name(),
        job.architecture().text(),
        optimizer,
        parameters,
        log,
        lastGradientNorm,
        chosen,
        measured.validation(),
        measured.test(),
        measured.language());
  }

  /** How well the weights do that the network holds. */
  private record Measured(
      Optional<Evaluation> validation,
      Optional<Evaluation> test,
      Optional<LanguageResult> language) {
    private static final Measured NOTHING =
        new Measured(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Measured measured() {
    Samples test = job.data().test();
    return new Measured(
        Optional.of(training.evaluate(job.data().validation())),
        test.rows() == 0 ? Optional.empty() : Optional.of(training.evaluate(test)),
        job.data().form() instanceof Form.Text ? Optional.of(language()) : Optional.empty());
  }

  /** Then checkpoints hold the weights beside their mean, and the network holds the mean. */
  private boolean averages() {
    return settings.has(TrainOption.EMA) || settings.has(TrainOption.SWA);
  }

  private LanguageResult language() {
    float[] beginning = job.data().validation().features().select(new int[] {0}).toArray();
    int count = settings.count(TrainOption.SAMPLE).orElseThrow();
    StringBuilder sample = new StringBuilder();
    for (int token : Continuation.of(job.network(), beginning, count, settings.seed())) {
      sample.append(job.data().classes().get(token));
    }
    Baseline counts = Baseline.of(job.data().train(), BASELINE_ORDER);
    return new LanguageResult(
        counts.perplexity(job.data().validation()),
        job.data().test().rows() == 0 ? Double.NaN : counts.perplexity(job.data().test()),
        sample.toString());
  }
}
