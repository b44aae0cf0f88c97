package thalweg.execute;

/**
 * One pass over some buffers, ready to run on any stretch of their elements: one row after another,
 * or the rows that a sparse gradient names.
 */
public interface Strip {
  /**
   * Runs it. Elements begin at {@code from} in all buffers but those of {@link
   * thalweg.plan.Pass#aside()}, where they begin at {@code aside}.
   *
   * @param count number of elements, at most {@link Chunk#MAXIMUM}
   * @param scalars the pass's scalars, already rounded to float32
   * @param partials where the pass's reductions over this stretch are written, if it has any
   * @param at position of the first of them in {@code partials}
   * @param workspace scratch memory of the calling thread
   */
  void run(
      long from,
      long aside,
      int count,
      float[] scalars,
      double[] partials,
      int at,
      Workspace workspace);
}
