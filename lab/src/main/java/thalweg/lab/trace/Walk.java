package thalweg.lab.trace;

import org.jspecify.annotations.Nullable;

/**
 * The way of one optimizer over a surface, in double precision. Index 0 is the start, index k what
 * is after k updates. The arrays are not to be changed.
 *
 * @param label short and unique in the trace; what legends say
 * @param spec the text form as given
 * @param canonical the text form of what ran, with its learning rate; it parses back
 * @param x the places, each of the surface's dimension
 * @param loss the value at each place, without noise
 * @param gradientNorm the Euclidean norm of the exact gradient at each place, without noise
 * @param rate the effective rate of each update, the length of its move over the norm of the
 *     gradient it was given; 0 at index 0, NaN where that gradient is 0
 * @param lr the learning rate of each update where a schedule drives it, as long as {@code rate},
 *     at index 0 that of the first update; empty where it stays as it is
 * @param stop where and why the way ends early; null if it has all its steps
 */
public record Walk(
    String label,
    String spec,
    String canonical,
    double[][] x,
    double[] loss,
    double[] gradientNorm,
    double[] rate,
    double[] lr,
    @Nullable Stop stop) {
  /** The first step that has no place on the way; null if there is none. */
  public @Nullable Integer leftAt() {
    return stop == null ? null : stop.at();
  }

  /** Updates that were made and kept. */
  public int steps() {
    return x.length - 1;
  }
}
