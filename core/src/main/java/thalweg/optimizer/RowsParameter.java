package thalweg.optimizer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;

/**
 * A table {@code [rows, columns]} of which a batch reads few rows, such as an embedding, trained in
 * place: its gradient is a list of rows. Time and memory of a step are those of the rows named.
 *
 * <pre>{@code
 * float[] values = new float[50_000 * 64];
 * var words = RowsParameter.of("words", values, 64);
 * try (var optimizer = Optimizer.of(Adagrad.lr(0.1), Parameters.of(words))) {
 *   optimizer.zeroGrad();
 *   for (int word : sentence) {
 *     words.add(word, gradientOf(word)); // of 64 elements; a word that comes twice adds up
 *   }
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>Rules that would change the other rows too refuse it; {@code explain} says of each rule
 * whether it does. A step without rows is a step: t counts it.
 */
public final class RowsParameter implements Parameter {
  private final String name;
  private final long rows;
  private final Buffer value;
  private final SparseRows gradient;
  private final List<Long> shape;

  private RowsParameter(String name, Buffer value, long columns) {
    if (columns < 1 || value.length() % columns != 0) {
      throw new IllegalArgumentException(
          "parameter '%s': %d values are no rows of %d".formatted(name, value.length(), columns));
    }
    this.name = name;
    this.value = value;
    this.rows = value.length() / columns;
    this.shape = List.of(rows, columns);
    this.gradient = SparseRows.empty(columns, value.type());
  }

  /**
   * A float32 table in an array, one row after the other.
   *
   * @param columns elements of one row
   */
  public static RowsParameter of(String name, float[] value, long columns) {
    return new RowsParameter(name, Buffer.of(value), columns);
  }

  /** A float64 table in an array, for the reference backend. */
  public static RowsParameter of(String name, double[] value, long columns) {
    return new RowsParameter(name, Buffer.of(value), columns);
  }

  /** A table in fresh native memory, zero: the fastest place, and room for more than an array. */
  public static RowsParameter allocate(String name, NumberType type, long rows, long columns) {
    return new RowsParameter(
        name, Buffer.allocate(Math.multiplyExact(rows, columns), type), columns);
  }

  /**
   * Adds to the gradient of one row.
   *
   * @throws IllegalArgumentException if there is no such row or it has another length; nothing has
   *     been added then
   */
  public RowsParameter add(long row, float... of) {
    check(row);
    gradient.add(row, of);
    return this;
  }

  /** The same in double. */
  public RowsParameter add(long row, double... of) {
    check(row);
    gradient.add(row, of);
    return this;
  }

  private void check(long row) {
    if (row < 0 || row >= rows) {
      throw new IllegalArgumentException(
          "parameter '%s' has no row %d; its rows are 0 to %d".formatted(name, row, rows - 1));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Long> shape() {
    return shape;
  }

  @Override
  public Buffer value() {
    return value;
  }

  /** Always null: there is no dense one. */
  @Override
  public @Nullable Buffer gradient() {
    return null;
  }

  @Override
  public SparseRows sparseGradient() {
    return gradient;
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
