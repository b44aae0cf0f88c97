package thalweg.lab.data.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thalweg.torch.Features;

/**
 * Pictures of one channel in an IDX file of other numbers than unsigned bytes, on the scale they
 * have there; read from there when a batch asks.
 */
record NumberPictures(IdxFile file, PixelScale scale) implements Pixels, Features {
  /** Pictures as they are. */
  static NumberPictures of(IdxFile file) {
    return new NumberPictures(file, PixelScale.none(1));
  }

  @Override
  public int rows() {
    return file.count();
  }

  @Override
  public int columns() {
    return file.stride();
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    int columns = columns();
    long first = (long) row * columns;
    for (int i = 0; i < columns; i++) {
      float value = scale.apply(0, file.number(first + i));
      into.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, value);
    }
  }

  @Override
  public NumberPictures scaled(PixelScale other) {
    return new NumberPictures(file, other);
  }

  @Override
  public PixelScale fit(int[] rows) {
    int columns = columns();
    double pixels = (double) rows.length * columns;
    double sum = 0;
    for (int row : rows) {
      for (int i = 0; i < columns; i++) {
        sum += file.number((long) row * columns + i);
      }
    }
    double mean = sum / pixels;
    double squares = 0;
    for (int row : rows) {
      for (int i = 0; i < columns; i++) {
        double off = file.number((long) row * columns + i) - mean;
        squares += off * off;
      }
    }
    return new PixelScale(new double[] {mean}, new double[] {Math.sqrt(squares / pixels)});
  }
}
