package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import thalweg.formula.Extent;
import thalweg.plan.Plan;

/**
 * How a tensor is cut into strips and bands for one trip: of the shape alone, so that results and
 * memory do not depend on threads.
 *
 * @param elements of the tensor, as many as the trip visits
 * @param length elements of a strip
 * @param columns of a row, where an extent of the trip runs along rows; else 0
 * @param matrix elements of each matrix that is cut on its own
 * @param band elements of a band; the last one of a matrix may be shorter
 */
record Cut(long elements, long length, long columns, long matrix, long band) {
  private static final int LEAST_ROWS = 64;
  private static final int MOST_ROWS = 256;

  static Cut of(Plan plan, Plan.Trip trip, List<Long> shape) {
    boolean empty = Extent.ELEMENT.count(shape) == 0;
    long elements = empty ? 0 : trip.domain().count(shape);
    long run = elements;
    long across = 0;
    long whole = elements;
    for (Extent extent : trip.extents(plan)) {
      run = Math.min(run, run(trip, extent, shape));
      if (extent.runsAlong()) {
        Extent.View view = extent.view(shape);
        across = view.columns();
        whole = view.rows() * view.columns();
      }
    }
    return new Cut(elements, run, across, whole, elements == 0 ? 0 : band(run, across));
  }

  /** How many neighbouring elements of the domain share one number of an extent, or are a row. */
  static long run(Plan.Trip trip, Extent extent, List<Long> shape) {
    Extent.View view = extent.view(shape);
    return switch (trip.domain()) {
      case ELEMENT -> extent == Extent.MATRIX ? view.rows() * view.columns() : view.columns();
      case ROW -> view.rows();
      case COLUMN -> view.columns();
      default -> throw new IllegalStateException(trip.domain() + " knows nothing fewer");
    };
  }

  /** Elements of one band: whole strips, and whole rows where columns are reduced. */
  private static long band(long length, long columns) {
    if (columns == 0) {
      return Math.max(length, Chunk.MAXIMUM / length * length);
    }
    long least = LEAST_ROWS * columns;
    long most = MOST_ROWS * columns;
    long rows = Math.clamp(Chunk.MAXIMUM, least, most) / columns;
    return rows * columns;
  }

  /** The pieces that a strip is cut into. */
  int pieces() {
    return (int) Math.max(1, Math.ceilDiv(length, Chunk.MAXIMUM));
  }

  /** Where each band begins. */
  List<Long> starts() {
    List<Long> starts = new ArrayList<>();
    for (long start = 0; start < elements; start += matrix) {
      for (long from = start; from < start + matrix; from += band) {
        starts.add(from);
      }
    }
    return starts;
  }

  /** How many bands there are. */
  long bands() {
    return elements == 0 ? 0 : elements / matrix * Math.ceilDiv(matrix, band);
  }
}
