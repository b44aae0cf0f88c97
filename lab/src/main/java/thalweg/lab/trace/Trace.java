package thalweg.lab.trace;

import java.util.List;

/** What came of a request: one way for each optimizer, in its order. */
public record Trace(TraceRequest request, List<Walk> walks) {
  public Trace {
    walks = List.copyOf(walks);
  }
}
