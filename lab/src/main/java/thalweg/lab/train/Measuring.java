package thalweg.lab.train;

import java.util.Optional;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.ModelFile;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.lab.data.text.Baseline;
import thalweg.optimizer.LoadOptions;
import thalweg.torch.Evaluation;
import thalweg.torch.Form;
import thalweg.torch.ModuleTensors;
import thalweg.torch.RunLog;
import thalweg.torch.Training;
import thalweg.torch.nets.Continuation;

/** What is done when the loop has ended: weights into files, the best of them measured. */
record Measuring(TrainSettings settings, TrainRun.Job job, Training training, RunFolder folder) {
  private static final int BASELINE_ORDER = 2;

  TrainResult result(
      RunLog log,
      double lastGradientNorm,
      Checkpoints checkpoints,
      String optimizer,
      long parameters) {
    boolean ended =
        log.ending() instanceof RunLog.Ending.Completed
            || log.ending() instanceof RunLog.Ending.StoppedEarly;
    Optional<Evaluation> validation = Optional.empty();
    Optional<Evaluation> test = Optional.empty();
    Optional<LanguageResult> language = Optional.empty();
    String chosen = "last";
    if (ended) {
      ModuleTensors.save(job.network(), folder.last());
      Optional<RunCheckpoint> best = averages() ? Optional.empty() : checkpoints.best();
      if (best.isPresent()) {
        chosen = "best";
        ModelFile.save(folder.best(), best.get().model());
        ModuleTensors.load(job.network(), best.get().model(), LoadOptions.strict());
      }
      validation = Optional.of(training.evaluate(job.data().validation()));
      if (job.data().test().rows() > 0) {
        test = Optional.of(training.evaluate(job.data().test()));
      }
      if (job.data().form() instanceof Form.Text) {
        language = Optional.of(language());
      }
    }
    return new TrainResult(
        folder,
        job.data().name(),
        job.architecture().text(),
        optimizer,
        parameters,
        log,
        lastGradientNorm,
        chosen,
        validation,
        test,
        language);
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
