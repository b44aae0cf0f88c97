package thalweg.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
 * @param strips whether it runs strip by strip ({@code thalweg.execute.Strip}): stretches of
 *     elements, such as rows, each with scalars of its own
 * @param aside the buffers whose elements are counted from another place than those of all others:
 *     the columns' numbers while the others are a row's
 */
public record Pass(int buffers, int scalars, List<Op> ops, boolean strips, Set<Integer> aside) {
  public Pass {
    ops = List.copyOf(ops);
    aside = Set.copyOf(aside);
  }

  /** One that runs over all elements in one go. */
  public Pass(int buffers, int scalars, List<Op> ops) {
    this(buffers, scalars, ops, false, Set.of());
  }

  /** The same strip by strip, with one more buffer counted from another place. */
  public Pass withAside(int buffer) {
    Set<Integer> more = new TreeSet<>(aside);
    more.add(buffer);
    return new Pass(buffers, scalars, ops, true, more);
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
        IntStream.range(0, buffers)
            .filter(b -> !aside.contains(b))
            .mapToLong(b -> (reads(b) ? 1 : 0) + (writes(b) ? 1 : 0))
            .sum();
  }
}
