package thalweg.lab.reproduce;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one training run did. A run whose loss became infinite or NaN ends there; its measures are
 * then the worst there is, so that a comparison can count with them.
 *
 * @param stepLoss loss of each batch
 * @param epochs in order, from the first
 * @param end after the last step
 * @param plannedSteps updates there would be if nothing ended the run early
 * @param moved numbers that training changed by more than {@link #MOVED}
 * @param parameters numbers there are to learn
 * @param switched what became of an optimizer of two phases
 * @param optimizerBytes what the optimizer holds for them, see {@code Optimizer.account}
 */
record Trace(
    List<Double> stepLoss,
    List<Epoch> epochs,
    End end,
    long plannedSteps,
    boolean diverged,
    Switched switched,
    long moved,
    long parameters,
    long optimizerBytes) {
  /** By how much a number must change to count as moved. */
  static final double MOVED = 1e-5;

  /** Losses are counted up to this; a run that diverged has it. */
  static final double WORST_LOSS = 10;

  /** Batches whose mean loss says whether a run has come so far. */
  private static final int WINDOW = 10;

  /** After an epoch: mean loss of its batches, the validation rows, seconds of training so far. */
  record Epoch(double trainLoss, double validationLoss, double accuracy, double seconds) {}

  /**
   * Of an optimizer of two phases.
   *
   * @param over whether it has gone over to the second
   * @param nearest the smallest difference of the two numbers whose agreement makes it go over;
   *     infinite where none are compared
   */
  record Switched(boolean over, double nearest) {
    /** Of an optimizer of one phase. */
    static final Switched NEVER = new Switched(false, Double.POSITIVE_INFINITY);
  }

  /** Losses and accuracy over all training rows and all validation rows, as for use. */
  record End(double trainLoss, double validationLoss, double accuracy) {}

  Trace {
    stepLoss = List.copyOf(stepLoss);
    epochs = List.copyOf(epochs);
  }

  double trainLoss() {
    return counted(end.trainLoss);
  }

  double validationLoss() {
    return counted(end.validationLoss);
  }

  /** In [0, 1]; 0 of a run that diverged. */
  double accuracy() {
    return diverged ? 0 : end.accuracy;
  }

  /** Validation loss less training loss. */
  double gap() {
    return validationLoss() - trainLoss();
  }

  /**
   * The first step, from 1, at which the mean loss of the last ten batches is at most so much; all
   * planned steps if there is none.
   */
  double stepsTo(double loss) {
    double sum = 0;
    for (int i = 0; i < stepLoss.size(); i++) {
      sum += stepLoss.get(i) - (i < WINDOW ? 0 : stepLoss.get(i - WINDOW));
      if (i >= WINDOW - 1 && sum <= loss * WINDOW) {
        return i + 1;
      }
    }
    return plannedSteps;
  }

  /** This run as the rest of another. */
  Trace after(Trace beginning) {
    double seconds = beginning.epochs.isEmpty() ? 0 : beginning.epochs.getLast().seconds;
    return new Trace(
        Stream.concat(beginning.stepLoss.stream(), stepLoss.stream()).toList(),
        Stream.concat(
                beginning.epochs.stream(),
                epochs.stream()
                    .map(e ->
                        new Epoch(e.trainLoss, e.validationLoss, e.accuracy, e.seconds + seconds)))
            .toList(),
        end,
        beginning.plannedSteps + plannedSteps,
        beginning.diverged || diverged,
        switched,
        moved,
        parameters,
        Math.max(beginning.optimizerBytes, optimizerBytes));
  }

  private double counted(double loss) {
    return diverged || !(loss < WORST_LOSS) ? WORST_LOSS : loss;
  }
}
