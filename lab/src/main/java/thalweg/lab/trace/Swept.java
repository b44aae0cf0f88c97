package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer at every value of a sweep.
 *
 * @param label unique in the sweep
 * @param spec as given
 * @param endings how the walk at each value ended
 * @param finalLoss the loss after the last step at each value; NaN where the walk ended early
 * @param stops where and why the walk at each value ended early; null where it did not
 * @param small at the value that is too small; null where none that was tried is, as for the others
 * @param right at the value with the best {@link Ending}; null if no walk ends lower than it began
 * @param large at the value that is too large
 */
public record Swept(
    String label,
    String spec,
    List<Ending> endings,
    List<Double> finalLoss,
    List<@Nullable Stop> stops,
    @Nullable Kept small,
    @Nullable Kept right,
    @Nullable Kept large) {
  /**
   * A walk that is kept as a whole.
   *
   * @param index of its value
   */
  public record Kept(int index, Walk walk) {}

  public Swept {
    endings = List.copyOf(endings);
    finalLoss = List.copyOf(finalLoss);
    stops = Collections.unmodifiableList(new ArrayList<>(stops));
  }

  /** The walks that are kept, from small to large. */
  public List<Walk> walks() {
    return Stream.of(small, right, large).filter(Objects::nonNull).map(Kept::walk).toList();
  }

  /** With something else in place of each walk that is kept. */
  public Swept with(UnaryOperator<Walk> change) {
    return new Swept(
        label,
        spec,
        endings,
        finalLoss,
        stops,
        changed(small, change),
        changed(right, change),
        changed(large, change));
  }

  private static @Nullable Kept changed(@Nullable Kept kept, UnaryOperator<Walk> change) {
    return kept == null ? null : new Kept(kept.index, change.apply(kept.walk));
  }
}
