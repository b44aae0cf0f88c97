package thalweg.lab.data.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thalweg.torch.Features;

/**
 * A table of float32 in one stretch of memory, which may be a mapped file.
 *
 * @param values {@code [rows, columns]}, row after row
 */
public record SegmentFeatures(int columns, MemorySegment values) implements Features {
  /** How a number lies there. */
  public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  @Override
  public int rows() {
    return Math.toIntExact(values.byteSize() / ((long) columns * Float.BYTES));
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    long bytes = (long) columns * Float.BYTES;
    MemorySegment.copy(values, row * bytes, into, at, bytes);
  }
}
