package thalweg.execute;

import java.util.List;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;
import thalweg.plan.Plan;

/**
 * The one trip of a rule that leaves elements without gradient alone, over the rows of one tensor
 * that have one: time and traffic are those of the rows.
 */
final class TouchedRows implements Chunk {
  private final SparseRows gradient;
  private final Strip strip;
  private final long columns;

  TouchedRows(Plan plan, Plan.Trip trip, Member member, SparseRows gradient, Backend backend) {
    this.gradient = gradient;
    this.columns = gradient.columns();
    int buffer = trip.buffers().indexOf(new Plan.Source.Gradient());
    List<Buffer> buffers =
        trip.buffers().stream()
            .map(source ->
                source instanceof Plan.Source.Gradient
                    ? gradient.values()
                    : Layout.memory(plan, source, member))
            .toList();
    strip = backend.strip(buffer < 0 ? trip.pass() : trip.pass().withAside(buffer), buffers);
  }

  @Override
  public void run(float[] scalars, double[] partials, int at, Workspace workspace) {
    for (int i = 0; i < gradient.count(); i++) {
      for (long from = 0; from < columns; from += MAXIMUM) {
        int count = (int) Math.min(MAXIMUM, columns - from);
        strip.run(
            gradient.row(i) * columns + from,
            i * columns + from,
            count,
            scalars,
            partials,
            at,
            workspace);
      }
    }
  }
}
