package thalweg.lab.trace;

import java.util.Arrays;
import java.util.Comparator;
import thalweg.lab.surface.Box;

/**
 * How a walk ended, to tell better from worse: one that never went outside the surface's box is
 * better than one that did; then by the highest loss of the last tenth of the steps, so that one
 * lucky step does not count; then by how soon it was that low.
 *
 * @param inside whether all of the walk is in the box
 * @param loss that highest loss; infinite of a walk that ended early
 * @param since the first index whose loss is at most that
 */
public record Ending(boolean inside, double loss, int since) implements Comparable<Ending> {
  private static final Comparator<Ending> ORDER =
      Comparator.comparing((Ending ending) -> !ending.inside)
          .thenComparingDouble(Ending::loss)
          .thenComparingInt(Ending::since);

  /** That of a walk over a surface with such a box. */
  static Ending of(Walk walk, Box box) {
    if (walk.stop() != null) {
      return new Ending(false, Double.POSITIVE_INFINITY, 0);
    }
    int last = walk.steps();
    double highest = walk.loss()[last];
    for (int k = last - last / 10; k < last; k++) {
      highest = Math.max(highest, walk.loss()[k]);
    }
    int since = 0;
    while (walk.loss()[since] > highest) {
      since++;
    }
    return new Ending(Arrays.stream(walk.x()).allMatch(box::contains), highest, since);
  }

  /** Whether the walk ended before its time. */
  public boolean isEarly() {
    return Double.isInfinite(loss);
  }

  /** Below 0 where this is better. */
  @Override
  public int compareTo(Ending other) {
    return ORDER.compare(this, other);
  }
}
