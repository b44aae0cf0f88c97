package thalweg.plan;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One trip over memory: what is done for every element, and nothing about whose elements they are.
 *
 * <p>A pass holds structure only. Constants and hyperparameters are scalar arguments, so two passes
 * are equal exactly when one compiled kernel serves both; backends key their caches on it.
 *
 * @param buffers how many buffers the kernel is given
 * @param scalars how many scalars the kernel is given
 * @param ops the instructions in order
 */
public record Pass(int buffers, int scalars, List<Op> ops) {
  public Pass {
    ops = List.copyOf(ops);
  }

  /** The reductions in order of their slots. */
  public List<Op.Reduce> reductions() {
    return ops.stream().filter(Op.Reduce.class::isInstance).map(Op.Reduce.class::cast).toList();
  }

  /** Whether buffer {@code buffer} is read. */
  public boolean reads(int buffer) {
    return ops.stream().anyMatch(op -> op instanceof Op.Load load && load.buffer() == buffer);
  }

  /** Whether buffer {@code buffer} is written. */
  public boolean writes(int buffer) {
    return ops.stream().anyMatch(op -> op instanceof Op.Store store && store.buffer() == buffer);
  }

  /** Elements read and written for every element of the tensor: the traffic this pass causes. */
  public int traffic() {
    return (int)
        IntStream.range(0, buffers).mapToLong(b -> (reads(b) ? 1 : 0) + (writes(b) ? 1 : 0)).sum();
  }
}
