package thalweg.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A gradient that is zero but for some rows: that of an embedding, where a batch reads few of many
 * rows. Rows are those of the first axis; each stands here once, in any order.
 *
 * <p>Either it is filled row by row ({@link #add}) and cleared, or it is made around rows that
 * somebody else has computed ({@link #of}).
 */
public final class SparseRows {
  private final long columns;
  private final NumberType type;
  private final Map<Long, Integer> places = new HashMap<>();
  private long[] rows;
  private int count;
  private Buffer values;

  private SparseRows(long columns, long[] rows, Buffer values) {
    this.columns = columns;
    this.type = values.type();
    this.rows = rows;
    this.count = rows.length;
    this.values = values;
  }

  /**
   * No rows yet.
   *
   * @param columns elements of one row
   * @param type of the elements; that of the parameter
   */
  public static SparseRows empty(long columns, NumberType type) {
    return new SparseRows(columns, new long[0], Buffer.allocate(0, type));
  }

  /**
   * Rows that are computed already.
   *
   * @param rows the index of each in the parameter; each once
   * @param values their elements, one row after the other
   */
  public static SparseRows of(long[] rows, Buffer values) {
    if (rows.length == 0 || values.length() % rows.length != 0) {
      throw new IllegalArgumentException(
          "%d rows cannot share %s evenly".formatted(rows.length, values));
    }
    SparseRows made = new SparseRows(values.length() / rows.length, rows.clone(), values);
    for (int i = 0; i < rows.length; i++) {
      if (made.places.put(rows[i], i) != null) {
        throw new IllegalArgumentException(
            "row %d stands twice among the rows of a sparse gradient; add them up first"
                .formatted(rows[i]));
      }
    }
    return made;
  }

  /** Adds to the gradient of one row; a row that is not here yet comes to stand here. */
  public void add(long row, float... gradient) {
    if (gradient.length != columns) {
      throw new IllegalArgumentException(
          "a row has %d elements, got %d".formatted(columns, gradient.length));
    }
    int place = place(row);
    for (int i = 0; i < gradient.length; i++) {
      values.set(place * columns + i, values.get(place * columns + i) + gradient[i]);
    }
  }

  private int place(long row) {
    Integer known = places.get(row);
    if (known != null) {
      return known;
    }
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, 2 * count));
      Buffer grown = Buffer.allocate(rows.length * columns, type);
      Buffer.copy(values, 0, grown, 0, count * columns);
      values = grown;
    }
    rows[count] = row;
    places.put(row, count);
    return count++;
  }

  /** Forgets all rows: the gradient is zero everywhere. */
  public void clear() {
    values.slice(0, count * columns).fill(0);
    places.clear();
    count = 0;
  }

  /** How many rows there are. */
  public int count() {
    return count;
  }

  /** The index in the parameter of row {@code i} of these. */
  public long row(int i) {
    return rows[i];
  }

  /** Elements of one row. */
  public long columns() {
    return columns;
  }

  /** The elements, at least those of {@link #count()} rows; another buffer once it has grown. */
  public Buffer values() {
    return values;
  }

  @Override
  public String toString() {
    return "%d rows of %d %s".formatted(count, columns, type);
  }
}
