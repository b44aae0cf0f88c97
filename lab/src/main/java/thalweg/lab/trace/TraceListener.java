package thalweg.lab.trace;

/** Hears how far a trace has come, from several threads at once. */
public interface TraceListener {
  /** Hears nothing. */
  TraceListener NONE = new TraceListener() {};

  /** Some more updates of a walk have been made, or will not be as it has left. */
  default void advanced(String label, long updates) {}

  /**
   * A walk has come to its end.
   *
   * @param index its place in the trace
   */
  default void walked(int index, Walk walk) {}
}
