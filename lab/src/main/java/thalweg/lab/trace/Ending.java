package thalweg.lab.trace;

import java.util.Comparator;

/**
 * How a walk ended, to tell better from worse: by the highest loss of the last tenth of its steps,
 * so that one lucky step does not count; if equal, by how soon it was that low. One that left is
 * worse than any that did not.
 *
 * @param loss that highest loss; infinite of a walk that left
 * @param since the first index whose loss is at most that
 */
public record Ending(double loss, int since) implements Comparable<Ending> {
  private static final Comparator<Ending> ORDER =
      Comparator.comparingDouble(Ending::loss).thenComparingInt(Ending::since);

  /** That of a walk. */
  public static Ending of(Walk walk) {
    if (walk.leftAt() != null) {
      return new Ending(Double.POSITIVE_INFINITY, walk.leftAt());
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
    return new Ending(highest, since);
  }

  /** Below 0 where this is better. */
  @Override
  public int compareTo(Ending other) {
    return ORDER.compare(this, other);
  }
}
