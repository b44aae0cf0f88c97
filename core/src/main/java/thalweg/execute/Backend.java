package thalweg.execute;

import java.util.List;
import java.util.Optional;
import thalweg.memory.Buffer;
import thalweg.plan.Pass;

/** A way to run passes over float32 memory. Found by {@link java.util.ServiceLoader}. */
public interface Backend {
  /** The name users choose it by: {@code block}, {@code vector}. */
  String name();

  /** Which backend {@code auto} prefers: the highest available one. */
  int preference();

  /** Why it cannot run here and what to do about it; empty when it can. */
  Optional<String> unavailable();

  /**
   * Prepares one pass for elements {@code [from, from + count)} of the given buffers. All
   * allocation, compilation and checking happens here; {@link Chunk#run} then allocates nothing.
   *
   * @param buffers float32 buffers, one for each of {@link Pass#buffers()}; native or heap
   * @param from first element; a multiple of {@link Reductions#BLOCK}
   * @param count number of elements, at most {@link Chunk#MAXIMUM}
   */
  Chunk bind(Pass pass, List<Buffer> buffers, long from, int count);

  /**
   * Prepares one pass for running on any stretches of the given buffers; see {@link Strip}.
   *
   * @param buffers float32 buffers, one for each of {@link Pass#buffers()}; native or heap
   */
  Strip strip(Pass pass, List<Buffer> buffers);
}
