package thalweg.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What samples show a network: numbers, row after row, wherever they lie. Rows are read one at a
 * time into a batch, so a table in a mapped file may be larger than the memory.
 */
public interface Features {
  /** Number of samples. */
  int rows();

  /** Numbers of one sample. */
  int columns();

  /**
   * Writes one row, {@link #columns} numbers of float32 in the machine's order.
   *
   * @param epoch from 1, for features that differ from epoch to epoch; 0 as they are
   * @param at where in the memory, in bytes
   */
  void read(int row, int epoch, MemorySegment into, long at);

  /** The given rows, in that order; nothing is copied. */
  default Features select(int[] rows) {
    return new SelectedFeatures(this, rows);
  }

  /** All rows as they are, {@code [rows, columns]}: for tables that fit into memory. */
  default float[] toArray() {
    float[] all = new float[Math.multiplyExact(rows(), columns())];
    byte[] bytes = new byte[columns() * Float.BYTES];
    MemorySegment row = MemorySegment.ofArray(bytes);
    for (int i = 0; i < rows(); i++) {
      read(i, 0, row, 0);
      MemorySegment.copy(row, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, all, i * columns(), columns());
    }
    return all;
  }

  /**
   * A table in memory.
   *
   * @param values {@code [rows, columns]}, row after row; used as it is, not copied
   */
  static Features of(int columns, float[] values) {
    return new ArrayFeatures(columns, values);
  }
}
