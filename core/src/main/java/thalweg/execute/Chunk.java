package thalweg.execute;

/** One pass over one stretch of memory, ready to run. */
public interface Chunk {
  /** Most elements of one chunk: 64 blocks. Fixed, so that results do not depend on threads. */
  int MAXIMUM = 64 * Reductions.BLOCK;

  /**
   * Runs it.
   *
   * @param scalars the pass's scalars, already rounded to float32
   * @param partials where the pass's reductions over this chunk are written, if it has any
   * @param at position of the first of them in {@code partials}
   * @param workspace scratch memory of the calling thread
   */
  void run(float[] scalars, double[] partials, int at, Workspace workspace);
}
