package thalweg.lab.trace;

import java.util.List;

/**
 * What came of a request: one way for each optimizer, in its order.
 *
 * @param tunings how the learning rates were chosen, one for each optimizer; empty where they are
 *     as given
 */
public record Trace(TraceRequest request, List<Walk> walks, List<Tuning> tunings) {
  public Trace {
    walks = List.copyOf(walks);
    tunings = List.copyOf(tunings);
  }

  /** One whose rates are as given. */
  public Trace(TraceRequest request, List<Walk> walks) {
    this(request, walks, List.of());
  }
}
