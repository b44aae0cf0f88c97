package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;
import thalweg.plan.Pass;
import thalweg.plan.Plan;

/**
 * The one trip of a rule that leaves elements without gradient alone, over the rows of one tensor
 * that have one: time and traffic are those of the rows. Rows that are neighbours in the tensor and
 * in the gradient are one stretch.
 */
final class TouchedRows implements Chunk {
  /** A kernel counts elements in an int, so a larger tensor is seen through several windows. */
  private static final long WINDOW = 1L << 30;

  private final SparseRows gradient;
  private final Strip[] windows;
  private final long columns;
  private final long rowsOfWindow;

  TouchedRows(Plan plan, Plan.Trip trip, Member member, SparseRows gradient, Backend backend) {
    this(plan, trip, member, gradient, backend, WINDOW);
  }

  /**
   * @param window most elements of one window, unless a row has more
   */
  TouchedRows(
      Plan plan, Plan.Trip trip, Member member, SparseRows gradient, Backend backend, long window) {
    this.gradient = gradient;
    this.columns = gradient.columns();
    int aside = trip.buffers().indexOf(new Plan.Source.Gradient());
    Pass pass = aside < 0 ? trip.pass() : trip.pass().withAside(aside);
    rowsOfWindow = Math.max(1, window / Math.max(1, columns));
    long length = rowsOfWindow * columns;
    List<Strip> strips = new ArrayList<>();
    for (long from = 0; from < member.length(); from += length) {
      long first = from;
      long count = Math.min(length, member.length() - from);
      List<Buffer> buffers =
          trip.buffers().stream()
              .map(source ->
                  source instanceof Plan.Source.Gradient
                      ? gradient.values()
                      : Layout.memory(plan, source, member).slice(first, count))
              .toList();
      strips.add(backend.strip(pass, buffers));
    }
    windows = strips.toArray(Strip[]::new);
  }

  @Override
  public void run(float[] scalars, double[] partials, int at, Workspace workspace) {
    int rows = columns == 0 ? 0 : gradient.count();
    for (int first = 0; first < rows; ) {
      long row = gradient.row(first);
      int window = (int) (row / rowsOfWindow);
      long end = (window + 1) * rowsOfWindow;
      int next = first + 1;
      while (next < rows
          && gradient.row(next) == row + (next - first)
          && row + next - first < end) {
        next++;
      }
      long from = (row - window * rowsOfWindow) * columns;
      long length = (next - first) * columns;
      for (long done = 0; done < length; done += MAXIMUM) {
        windows[window].run(
            from + done,
            first * columns + done,
            (int) Math.min(MAXIMUM, length - done),
            scalars,
            partials,
            at,
            workspace);
      }
      first = next;
    }
  }
}
