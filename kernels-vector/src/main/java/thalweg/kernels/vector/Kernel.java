package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compiled code of one pass. The only type through which generated classes are called.
 *
 * <p>Every segment it is given comes through the one door of {@link thalweg.memory.Buffer}: a
 * segment of any other kind would spoil the JIT's profile of all kernels.
 */
interface Kernel {
  /**
   * Runs the pass over some elements.
   *
   * @param memory the segments of the pass's buffers; entries of staged buffers are not looked at
   * @param scalars the pass's scalars
   * @param scratch staged buffers, spilled values and lanes of reductions, laid out by {@link
   *     Layout}
   * @param from first element within {@code memory}
   * @param aside first element within the buffers that lie aside, see {@link
   *     thalweg.plan.Pass#aside()}
   * @param count number of elements; at most one block if the layout is blocked
   */
  void run(
      MemorySegment[] memory,
      float[] scalars,
      MemorySegment scratch,
      int from,
      int aside,
      int count);
}
