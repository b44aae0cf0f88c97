package thalweg.lab.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** The numbers of a column, wherever they lie. */
public interface Numbers {
  int rows();

  /** NaN where the value is missing. */
  double at(int row);

  /** All of them: for columns that fit into memory. */
  default double[] toArray() {
    return IntStream.range(0, rows()).mapToDouble(this::at).toArray();
  }

  /** Those of an array, which is not copied: do not write to it. */
  static Numbers of(double... values) {
    return new Numbers() {
      @Override
      public int rows() {
        return values.length;
      }

      @Override
      public double at(int row) {
        return values[row];
      }
    };
  }

  /** So many float64 of a stretch of memory, which may be a mapped file. */
  static Numbers of(MemorySegment values) {
    int rows = Math.toIntExact(values.byteSize() / Double.BYTES);
    return new Numbers() {
      @Override
      public int rows() {
        return rows;
      }

      @Override
      public double at(int row) {
        return values.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, (long) row * Double.BYTES);
      }
    };
  }
}
