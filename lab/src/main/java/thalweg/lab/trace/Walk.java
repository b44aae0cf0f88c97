package thalweg.lab.trace;

import org.jspecify.annotations.Nullable;

/**
 * The way of one optimizer over a surface, in double precision. Index 0 is the start, index k what
 * is after k updates. The arrays are not to be changed.
 *
 * @param label short and unique in the trace; what legends say
 * @param spec the text form as given
 * @param canonical the text form of what ran; it parses back
 * @param x the places, each of the surface's dimension
 * @param loss the value at each place, without noise
 * @param gradientNorm the Euclidean norm of the exact gradient at each place, without noise
 * @param rate the effective rate of each update, the length of its move over the norm of the
 *     gradient it was given; 0 at index 0, NaN where that gradient is 0
 * @param lr the learning rate of each update where a schedule drives it, as long as {@code rate},
 *     at index 0 that of the first update; empty where it stays as it is
 * @param leftAt the first index whose place, loss or gradient is not finite or which is absurdly
 *     far away: the way ends before it; null if it never happened
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
    @Nullable Integer leftAt) {
  /** Updates that were made and kept. */
  public int steps() {
    return x.length - 1;
  }
}
