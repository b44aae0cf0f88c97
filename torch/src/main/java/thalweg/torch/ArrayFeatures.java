package thalweg.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A table in a Java array. */
@SuppressWarnings("ArrayRecordComponent") // a table of numbers; identity is never asked
record ArrayFeatures(int columns, float[] values) implements Features {
  ArrayFeatures {
    if (columns < 1) {
      throw new IllegalArgumentException("features need columns >= 1, got " + columns);
    }
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "%d features are not rows of %d columns".formatted(values.length, columns));
    }
  }

  @Override
  public int rows() {
    return values.length / columns;
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    MemorySegment.copy(values, row * columns, into, ValueLayout.JAVA_FLOAT_UNALIGNED, at, columns);
  }
}
