package thalweg.memory;

import java.util.Arrays;

/**
 * A gradient that is zero but for some rows: that of an embedding, where a batch reads few of many
 * rows. Rows are those of the first axis; each stands here once, in any order.
 *
 * <p>It is filled row by row ({@link #add}) or with rows that somebody else has computed ({@link
 * #set}), and cleared. Once it has grown to the largest number of rows, that allocates nothing.
 */
public final class SparseRows {
  private static final int FEWEST = 16;

  private final long columns;
  private final NumberType type;
  private long[] rows;
  private int count;
  private Buffer values;
  private int[] places; // open addressing: 1 + the place of a row, 0 where there is none

  private SparseRows(long columns, long[] rows, Buffer values) {
    if (columns < 0) {
      throw new IllegalArgumentException("SparseRows.columns must be >= 0, got " + columns);
    }
    this.columns = columns;
    this.type = values.type();
    this.rows = rows;
    this.values = values;
    this.places = new int[tableFor(rows.length)];
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
   * Rows that are computed already, in memory of their own.
   *
   * @param rows the index of each in the parameter; each once, and at least one
   * @param values their elements, one row after the other; not copied
   * @throws IllegalArgumentException if a row stands twice or the rows have no common width
   */
  public static SparseRows of(long[] rows, Buffer values) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "no rows, so how wide one is cannot be told; use SparseRows.empty(columns, type)");
    }
    if (values.length() % rows.length != 0) {
      throw new IllegalArgumentException(
          "%d rows cannot share %s evenly".formatted(rows.length, values));
    }
    SparseRows made = new SparseRows(values.length() / rows.length, rows.clone(), values);
    made.index(rows, rows.length);
    return made;
  }

  /**
   * Adds to the gradient of one row; a row that is not here yet comes to stand here.
   *
   * @throws IllegalArgumentException if the row is negative or not of {@link #columns()} elements;
   *     nothing has been added then
   */
  public void add(long row, float... gradient) {
    check(row, gradient.length);
    int before = count;
    long at = place(row) * columns;
    boolean first = count > before;
    for (int i = 0; i < gradient.length; i++) {
      values.set(at + i, (first ? 0 : values.get(at + i)) + gradient[i]);
    }
  }

  /** The same in double, for a parameter of float64. */
  public void add(long row, double... gradient) {
    check(row, gradient.length);
    int before = count;
    long at = place(row) * columns;
    boolean first = count > before;
    for (int i = 0; i < gradient.length; i++) {
      values.set(at + i, (first ? 0 : values.get(at + i)) + gradient[i]);
    }
  }

  private void check(long row, int length) {
    if (row < 0) {
      throw new IllegalArgumentException("a row is counted from 0, got " + row);
    }
    if (length != columns) {
      throw new IllegalArgumentException(
          "a row has %d elements, got %d".formatted(columns, length));
    }
  }

  /**
   * Replaces all rows by a copy of these.
   *
   * @param indices the index of each row in the parameter, in its first {@code number} elements;
   *     each once
   * @param gradients their elements, one row after the other
   * @throws IllegalArgumentException if the width or type is another, or a row stands twice; there
   *     are no rows then
   */
  public void set(long[] indices, int number, Buffer gradients) {
    clear();
    if (gradients.type() != type || gradients.length() != number * columns) {
      throw new IllegalArgumentException(
          "%d rows of %d %s are not %s".formatted(number, columns, type, gradients));
    }
    grow(number);
    System.arraycopy(indices, 0, rows, 0, number);
    boolean once = false;
    try {
      index(indices, number);
      once = true;
    } finally {
      if (!once) {
        clear();
      }
    }
    Buffer.copy(gradients, 0, values, 0, number * columns);
  }

  private void index(long[] indices, int number) {
    for (count = 0; count < number; count++) {
      int slot = slot(indices[count]);
      if (places[slot] != 0) {
        throw new IllegalArgumentException(
            "row %d stands twice among the rows of a sparse gradient; add them up first"
                .formatted(indices[count]));
      }
      places[slot] = count + 1;
    }
  }

  private int place(long row) {
    int known = places[slot(row)];
    if (known != 0) {
      return known - 1;
    }
    if (count == rows.length) {
      grow(Math.max(FEWEST, 2 * count));
    }
    rows[count] = row;
    places[slot(row)] = count + 1;
    return count++;
  }

  private void grow(int room) {
    if (room <= rows.length) {
      return;
    }
    Buffer grown = Buffer.allocate(Math.multiplyExact(room, columns), type);
    Buffer.copy(values, 0, grown, 0, count * columns);
    values = grown;
    rows = Arrays.copyOf(rows, room);
    places = new int[tableFor(room)];
    for (int i = 0; i < count; i++) {
      places[slot(rows[i])] = i + 1;
    }
  }

  /** Where a row stands in the table, or would come to stand. */
  private int slot(long row) {
    int mask = places.length - 1;
    long mixed = row * 0x9E3779B97F4A7C15L; // neighbours far apart
    int slot = (int) (mixed >>> 32) & mask;
    while (places[slot] != 0 && rows[places[slot] - 1] != row) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** A power of two, at least twice the rows. */
  private static int tableFor(int rows) {
    return Integer.highestOneBit(Math.max(FEWEST, rows)) << 2;
  }

  /** Forgets all rows: the gradient is zero everywhere. The memory stays. */
  public void clear() {
    Arrays.fill(places, 0);
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
