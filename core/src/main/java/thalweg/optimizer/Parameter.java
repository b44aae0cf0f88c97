package thalweg.optimizer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;

/** One named tensor that is trained: where its values lie and where its gradient does. */
public interface Parameter {
  /** Unique among the parameters of one optimizer, such as {@code encoder.0.weight}. */
  String name();

  /** Sizes, slowest-varying first: {@code [rows, columns]}; empty for a single number. */
  List<Long> shape();

  /** The values, row-major. The same object as long as the memory stays where it is. */
  Buffer value();

  /**
   * The gradient, of the value's length and type; null while there is none, and then the parameter
   * is skipped. The same object as long as the memory stays where it is.
   */
  @Nullable Buffer gradient();

  /**
   * The gradient as some rows of the first axis, all others being zero; null where it is dense or
   * missing. Rules that leave elements without gradient alone take it ({@code sgd}, {@code
   * adagrad}, {@code sparse_adam}), in time proportional to the rows.
   */
  default @Nullable SparseRows sparseGradient() {
    return null;
  }

  /** Sets the gradient to zero, in place. */
  default void zeroGradient() {
    Buffer dense = gradient();
    if (dense != null) {
      dense.fill(0);
    }
    SparseRows rows = sparseGradient();
    if (rows != null) {
      rows.clear();
    }
  }

  /** Number of dimensions: 0 for a single number, 1 for a bias, 2 for a matrix. */
  default int rank() {
    return shape().size();
  }

  /** Number of elements. */
  default long length() {
    return shape().stream().reduce(1L, Math::multiplyExact);
  }
}
