package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The updates of a run divided into at most {@link #MOST} bins, to draw a mean of each.
 *
 * <p>The bins grow: of a long run the first hold one update each, the last the n/250th part, so
 * that the curve is as clear over a logarithmic axis as over a linear one.
 *
 * @param ends the last update of each bin, counted from 1, rising
 */
record Bins(List<Long> ends) {
  /** Bins at most. */
  static final int MOST = 500;

  Bins {
    ends = List.copyOf(ends);
  }

  /** Those of a run of so many updates; a bin each, where there are few. */
  static Bins of(long updates) {
    if (updates <= MOST) {
      return new Bins(LongStream.rangeClosed(1, updates).boxed().toList());
    }
    List<Long> ends = new ArrayList<>();
    long last = 0;
    for (int i = 1; i <= MOST; i++) {
      double share = (double) i / MOST;
      long end = i == MOST ? updates : Math.round(updates * share * share);
      if (end > last) {
        ends.add(end);
        last = end;
      }
    }
    return new Bins(ends);
  }

  /** Gathers the losses of a run, one an update, into the mean of each bin. */
  final class Means {
    private final List<Double> means = new ArrayList<>();
    private double sum;
    private long count;

    /** The loss of the next update. */
    void add(double loss) {
      sum += loss;
      count++;
      boolean open = means.size() < ends.size();
      long first = means.isEmpty() ? 0 : ends.get(means.size() - 1);
      if (open && first + count == ends.get(means.size())) {
        close();
      }
    }

    /** All means; that of a bin the run did not come to the end of is of what there was. */
    List<Double> all() {
      if (count > 0 && means.size() < ends.size()) {
        close();
      }
      return List.copyOf(means);
    }

    private void close() {
      means.add(Figures.rounded(sum / count, 6));
      sum = 0;
      count = 0;
    }
  }
}
