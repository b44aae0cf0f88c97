package thalweg.lab.train;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import thalweg.lab.Progress;
import thalweg.text.NumberText;

/** What a run says while it goes: facts and a line an epoch as results, a bar as progress. */
public final class TrainText implements AutoCloseable {
  private final PrintWriter out;
  private final Progress.Look look;
  private Progress progress;
  private long began;
  private long done;

  /**
   * One that prints results.
   *
   * @param look how progress is shown, on the error stream
   */
  public TrainText(PrintWriter out, Progress.Look look) {
    this.out = out;
    this.look = look;
    this.progress = new Progress("", 0, Progress.Look.NOTHING);
  }

  /** Lines between which the bar stays out of the way. */
  void say(String lines) {
    progress.hide();
    out.print(lines);
    out.flush();
  }

  /** One fact of the run under its name. */
  void fact(String name, String text) {
    say("%-10s %s%n".formatted(name, text));
  }

  /** The work begins: so many steps. */
  void begin(long steps) {
    progress.close();
    progress = new Progress("training", steps, look);
    began = System.nanoTime();
    done = 0;
  }

  /** One more step is done. */
  void step(int epoch, double loss, double rate) {
    done++;
    double perSecond = done * 1e9 / Math.max(1, System.nanoTime() - began);
    progress.advance(
        1,
        "epoch %d  loss %s  lr %s  %s steps/s"
            .formatted(epoch, number(loss), number(rate), number(perSecond)));
  }

  /** The head of the table of epochs. */
  void head(List<String> metrics) {
    StringBuilder line = new StringBuilder("\nepoch  train loss   val loss");
    metrics.forEach(metric -> line.append("%13s".formatted(metric)));
    say(line.append("        lr  grad norm  seconds\n").toString());
  }

  /** A line of the table of epochs. */
  void row(
      int epoch,
      double trainLoss,
      double validationLoss,
      List<Double> metrics,
      double rate,
      double gradientNorm,
      double seconds) {
    StringBuilder line =
        new StringBuilder(
            "%5d %11s %10s".formatted(epoch, number(trainLoss), number(validationLoss)));
    metrics.forEach(metric -> line.append("%13s".formatted(number(metric))));
    line.append(
        "%10s %10s %8s%n"
            .formatted(
                rate(rate), number(gradientNorm), String.format(Locale.ROOT, "%.1f", seconds)));
    say(line.toString());
  }

  private static String rate(double rate) {
    return Double.isNaN(rate)
        ? "-"
        : NumberText.of(Double.parseDouble(String.format(Locale.ROOT, "%.3g", rate)));
  }

  /** Four digits that count. */
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
