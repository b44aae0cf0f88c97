package thalweg.lab.train;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import thalweg.lab.Progress;
import thalweg.text.NumberText;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;
import thalweg.torch.RunStart;
import thalweg.torch.StepReport;
import thalweg.torch.TrainingListener;

/** What a run says while it goes: facts and a line an epoch as results, a bar as progress. */
public final class TrainText implements TrainingListener, AutoCloseable {
  private final PrintWriter out;
  private final Progress.Look look;
  private Progress progress = new Progress("", 0, Progress.Look.NOTHING);
  private long began;
  private long done;
  private double rate = Double.NaN;
  private double lastNorm = Double.NaN;
  private double normSum;
  private long normed;

  /**
   * One that prints results.
   *
   * @param look how progress is shown, on the error stream
   */
  public TrainText(PrintWriter out, Progress.Look look) {
    this.out = out;
    this.look = look;
  }

  /** Text that the bar makes way for. */
  void say(String lines) {
    progress.hide();
    out.print(lines);
    out.flush();
  }

  /** One fact of the run under its name; further lines of it below the first. */
  void fact(String name, String text) {
    say("%-10s %s\n".formatted(name, text.strip().replaceAll("\\R", "\n           ")));
  }

  @Override
  public void onStart(RunStart start) {
    if (start.resumedStep() > 0) {
      fact("resumed", "after step " + start.resumedStep());
      if (start.resumedStep() >= start.totalSteps()) {
        fact("note", "all that was asked for is done; this trains nothing and measures again");
      }
    }
    StringBuilder head = new StringBuilder("\nepoch  train loss    val loss");
    start.metrics().forEach(metric -> head.append("%12s".formatted(metric)));
    say(head.append("          lr   grad norm  seconds\n").toString());
    start.done().forEach(epoch -> say(row(epoch)));
    progress = new Progress("training", start.totalSteps() - start.resumedStep(), look);
    began = System.nanoTime();
  }

  @Override
  public void onStep(StepReport step) {
    done++;
    rate = step.lr();
    lastNorm = step.gradientNorm();
    normSum += lastNorm;
    normed++;
    double perSecond = done * 1e9 / Math.max(1, System.nanoTime() - began);
    progress.advance(
        1,
        "epoch %d  loss %s  lr %s  %s steps/s"
            .formatted(step.epoch(), number(step.loss()), rate(rate), number(perSecond)));
  }

  @Override
  public void onEpoch(RunLog.Epoch epoch) {
    say(row(epoch));
    normSum = 0;
    normed = 0;
  }

  @Override
  public void onEnd(RunLog log) {
    progress.close();
  }

  /** Of the last step that was made; NaN if none was. */
  double lastGradientNorm() {
    return lastNorm;
  }

  private String row(RunLog.Epoch epoch) {
    Evaluation judged = epoch.judged();
    List<String> cells = new ArrayList<>();
    cells.add(number(judged.loss()));
    judged.metrics().values().forEach(value -> cells.add(number(value)));
    cells.add(rate(rate));
    cells.add(number(normed == 0 ? Double.NaN : normSum / normed));
    StringBuilder line =
        new StringBuilder("%5d %11s".formatted(epoch.epoch(), number(epoch.trainLoss())));
    cells.forEach(cell -> line.append("%12s".formatted(cell)));
    return line.append(String.format(Locale.ROOT, "%9.1f\n", epoch.seconds())).toString();
  }

  private static String rate(double rate) {
    return Double.isNaN(rate)
        ? "-"
        : NumberText.of(Double.parseDouble(String.format(Locale.ROOT, "%.3g", rate)));
  }

  /** Four digits that count; {@code -} for what is not known. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e6 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  @Override
  public void close() {
    progress.close();
  }
}
