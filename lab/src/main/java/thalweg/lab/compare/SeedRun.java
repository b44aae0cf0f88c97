package thalweg.lab.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training run: a list holds one number an epoch, NaN where there is none.
 *
 * <p>All lists but the one of the updates are equally long; a run that diverged may be shorter than
 * the epochs asked for.
 *
 * @param trainLoss mean loss of the epoch's batches
 * @param validationLoss mean loss over the validation rows after the epoch
 * @param score accuracy in 0..1, or R² in a regression, over the validation rows after the epoch
 * @param seconds time since the start of training, validation left out
 * @param updateLoss mean loss of the batches in each of the bins of {@link Regime#updates}, before
 *     their steps, to six digits; empty in files of versions that did not say
 * @param millisecondsPerStep median time of one step of the optimizer alone
 * @param divergedAtStep the first step, from 1, whose loss was infinite or NaN; null if none was
 */
public record SeedRun(
    long seed,
    List<Double> trainLoss,
    List<Double> validationLoss,
    List<Double> score,
    List<Double> seconds,
    List<Double> updateLoss,
    double millisecondsPerStep,
    @Nullable Long divergedAtStep) {
  public SeedRun {
    trainLoss = List.copyOf(trainLoss);
    validationLoss = List.copyOf(validationLoss);
    score = List.copyOf(score);
    seconds = List.copyOf(seconds);
    updateLoss = List.copyOf(updateLoss);
    int epochs = trainLoss.size();
    if (validationLoss.size() != epochs || score.size() != epochs || seconds.size() != epochs) {
      throw new IllegalArgumentException(
          "run of seed %d: %d train losses, %d validation losses, %d scores, %d times; they must be equally many"
              .formatted(seed, epochs, validationLoss.size(), score.size(), seconds.size()));
    }
  }

  /** How many epochs it holds. */
  public int epochs() {
    return trainLoss.size();
  }

  /** Whether its loss became infinite or NaN. */
  public boolean diverged() {
    return divergedAtStep != null;
  }
}
