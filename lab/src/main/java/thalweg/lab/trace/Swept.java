package thalweg.lab.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer at every value of a sweep.
 *
 * @param label unique in the sweep
 * @param spec as given
 * @param endings how the walk at each value ended
 * @param finalLoss the loss after the last step at each value; NaN where the walk left
 * @param leftAt where the walk at each value left; null where it did not
 * @param right the index of the value with the best {@link Ending}
 * @param small the index of a value that is too small: the largest that is at most a tenth of the
 *     right one, else the smallest there is
 * @param large the index of a value that is too large: the smallest above the right one at which
 *     the walk leaves, or ends no lower than it began, else the largest there is
 * @param walks those at the small, the right and the large value
 */
public record Swept(
    String label,
    String spec,
    List<Ending> endings,
    List<Double> finalLoss,
    List<@Nullable Integer> leftAt,
    int small,
    int right,
    int large,
    List<Walk> walks) {
  public Swept {
    endings = List.copyOf(endings);
    finalLoss = List.copyOf(finalLoss);
    walks = List.copyOf(walks);
  }
}
