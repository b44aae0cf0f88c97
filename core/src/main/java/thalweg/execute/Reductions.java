package thalweg.execute;

import thalweg.formula.Reduction;

/**
 * The one order in which numbers are reduced, so that no result depends on threads, chunks or the
 * machine's vector length.
 *
 * <p>A tensor is cut into blocks of {@link #BLOCK} elements. Within a block, lane {@code j} of
 * {@link #LANES} combines elements {@code j, j + 16, j + 32, …} in that order in float32, starting
 * from the identity. {@link #fold} then combines the lanes 0, 1, … 15 in double. Blocks are
 * combined in order into a chunk, chunks into a tensor and tensors into the model, all in double.
 */
public final class Reductions {
  /** Elements of one block. */
  public static final int BLOCK = 1024;

  /** Partial results within a block. */
  public static final int LANES = 16;

  private Reductions() {}

  /** Combines the lanes of one block, in order, in double. */
  public static double fold(Reduction kind, float[] lanes) {
    double result = kind.identity();
    switch (kind) {
      case SUM -> {
        for (int j = 0; j < LANES; j++) {
          result += lanes[j];
        }
      }
      case MAX -> {
        for (int j = 0; j < LANES; j++) {
          result = Math.max(result, lanes[j]);
        }
      }
    }
    return result;
  }
}
