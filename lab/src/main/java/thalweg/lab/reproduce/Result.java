package thalweg.lab.reproduce;

import java.util.List;
import java.util.stream.IntStream;
import thalweg.torch.Batching;

/**
 * One experiment with all that came out.
 *
 * @param name as on the command line
 * @param title what it is about
 * @param setup how it was done
 * @param seconds it took
 * @param findings its claims with their measurements
 */
public record Result(
    String name,
    String title,
    String setup,
    double seconds,
    List<Finding> findings,
    List<Side> contenders) {
  /** Epochs of one run that are kept: more cannot be seen in a picture. */
  private static final int MOST_EPOCHS = 100;

  public Result {
    findings = List.copyOf(findings);
    contenders = List.copyOf(contenders);
  }

  /**
   * One side of comparisons.
   *
   * @param label as in claims and charts
   * @param data what it learns
   * @param network in text form
   * @param optimizer in text form, as it was chosen
   * @param batch rows a step, {@code full} or {@code one}
   * @param timed whether time ended its runs, not epochs
   * @param tried what it was chosen from; empty for no choice
   * @param runs one a seed
   */
  public record Side(
      String label,
      String data,
      String network,
      String optimizer,
      String batch,
      boolean timed,
      List<Tried> tried,
      List<Run> runs) {
    public Side {
      tried = List.copyOf(tried);
      runs = List.copyOf(runs);
    }
  }

  /** A setting tried, and the validation loss it ended with, mean over the tuning seeds. */
  public record Tried(String optimizer, double validationLoss) {}

  /**
   * A run. Of the lists, one number an epoch, or every so many epochs of a run of more than a
   * hundred.
   *
   * @param epoch from 1
   * @param trainLoss mean over the epoch's batches
   * @param validationLoss after the epoch
   * @param accuracy in [0, 1], after the epoch
   * @param seconds of training so far
   * @param endTrainLoss over all training rows after the last step
   * @param endValidationLoss over all validation rows after the last step
   */
  public record Run(
      List<Integer> epoch,
      List<Double> trainLoss,
      List<Double> validationLoss,
      List<Double> accuracy,
      List<Double> seconds,
      double endTrainLoss,
      double endValidationLoss,
      double endAccuracy,
      long steps,
      boolean diverged) {
    static Run of(Trace trace) {
      int count = trace.epochs().size();
      int every = Math.max(1, Math.ceilDiv(count, MOST_EPOCHS));
      int[] kept =
          IntStream.range(0, count).filter(i -> i % every == 0 || i == count - 1).toArray();
      List<Trace.Epoch> epochs = IntStream.of(kept).mapToObj(trace.epochs()::get).toList();
      return new Run(
          IntStream.of(kept).mapToObj(i -> i + 1).toList(),
          epochs.stream().map(Trace.Epoch::trainLoss).toList(),
          epochs.stream().map(Trace.Epoch::validationLoss).toList(),
          epochs.stream().map(Trace.Epoch::accuracy).toList(),
          epochs.stream().map(Trace.Epoch::seconds).toList(),
          trace.end().trainLoss(),
          trace.end().validationLoss(),
          trace.end().accuracy(),
          trace.stepLoss().size(),
          trace.diverged());
    }
  }

  private static String batch(Batching batching) {
    return switch (batching) {
      case Batching.Full() -> "full";
      case Batching.Mini(int size) -> Integer.toString(size);
      case Batching.One() -> "one";
    };
  }

  static Side side(Contender contender) {
    Trial trial = contender.trial();
    return new Side(
        contender.label(),
        trial.problem().describe(),
        trial.network(),
        trial.optimizers(),
        batch(trial.batching()),
        Double.isFinite(trial.seconds()),
        contender.tried().stream()
            .map(tried -> new Tried(tried.optimizer(), tried.validationLoss()))
            .toList(),
        contender.runs().stream().map(Run::of).toList());
  }
}
