package thalweg.lab.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one optimizer did, in one regime.
 *
 * @param id short and unique in the comparison, for legends
 * @param optimizer the part of the id that names the optimizer: equal in all its regimes
 * @param regime the {@link Regime#batching} of one of the settings' regimes
 * @param spec the text form as the user gave it
 * @param canonical the text form of what ran, with the chosen rate; it parses back
 * @param formula the printed rule, lines of plain text
 * @param latex the printed rule
 * @param hyperparameters every hyperparameter that ran, defaults too, as the text form writes it
 * @param rate the chosen learning rate
 * @param tuning the grid's results, rising by rate; empty when the rate was given
 * @param stateBytesPerParameter bytes of optimizer state held for one learned number
 * @param memory bytes that the optimizer holds in all; null in files of versions that did not say
 * @param runs one a seed
 */
public record OptimizerResult(
    String id,
    String optimizer,
    String regime,
    String spec,
    String canonical,
    String formula,
    String latex,
    Map<String, String> hyperparameters,
    double rate,
    List<TuningPoint> tuning,
    double stateBytesPerParameter,
    @Nullable OptimizerMemory memory,
    List<SeedRun> runs) {
  public OptimizerResult {
    hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    tuning = List.copyOf(tuning);
    runs = List.copyOf(runs);
  }

  /** Train loss of the last epoch, over the runs that did not diverge. */
  public Spread trainLoss() {
    return over(run -> run.epochs() == 0 ? Double.NaN : run.trainLoss().getLast());
  }

  /** Validation loss after the last epoch, over the runs that did not diverge. */
  public Spread validationLoss() {
    return over(run -> run.epochs() == 0 ? Double.NaN : run.validationLoss().getLast());
  }

  /** Accuracy or R² after the last epoch, over the runs that did not diverge. */
  public Spread score() {
    return over(run -> run.epochs() == 0 ? Double.NaN : run.score().getLast());
  }

  /** Time of one optimizer step, over the runs that did not diverge. */
  public Spread millisecondsPerStep() {
    return over(SeedRun::millisecondsPerStep);
  }

  /** How many runs diverged. */
  public int divergedRuns() {
    return (int) runs.stream().filter(SeedRun::diverged).count();
  }

  private Spread over(ToDoubleFunction<SeedRun> number) {
    return Spread.of(
        runs.stream().filter(run -> !run.diverged()).map(number::applyAsDouble).toList());
  }
}
