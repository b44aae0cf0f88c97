package thalweg.lab.data.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import thalweg.torch.Features;

/**
 * Pictures as bytes in files of records of one length, read from there when a batch asks.
 *
 * @param files one after the other
 * @param start where the first record of each begins, in bytes
 * @param record length of a record, in bytes
 * @param skip bytes of a record before its pixels
 * @param plane pixels of a channel
 * @param table what becomes of each byte, {@code [channels * 256]}
 */
@SuppressWarnings("ArrayRecordComponent") // tables, never compared
record BytePictures(
    List<MemorySegment> files,
    int[] first,
    int start,
    int record,
    int skip,
    int channels,
    int plane,
    float[] table)
    implements Pixels, Features {
  /** Pictures with bytes scaled to [0, 1]; the files have whole records only. */
  static BytePictures of(
      List<MemorySegment> files, int start, int record, int skip, int channels, int plane) {
    int[] first = new int[files.size() + 1];
    for (int f = 0; f < files.size(); f++) {
      long records = (files.get(f).byteSize() - start) / record;
      first[f + 1] = Math.toIntExact(first[f] + records);
    }
    return new BytePictures(
        List.copyOf(files),
        first,
        start,
        record,
        skip,
        channels,
        plane,
        table(PixelScale.none(channels)));
  }

  private static float[] table(PixelScale scale) {
    int channels = scale.mean().length;
    float[] table = new float[channels * 256];
    for (int i = 0; i < table.length; i++) {
      table[i] = scale.apply(i / 256, i % 256 / 255.0);
    }
    return table;
  }

  @Override
  public BytePictures scaled(PixelScale scale) {
    return new BytePictures(files, first, start, record, skip, channels, plane, table(scale));
  }

  @Override
  public int rows() {
    return first[first.length - 1];
  }

  @Override
  public int columns() {
    return channels * plane;
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    MemorySegment file = files.get(file(row));
    long from = offset(row) + skip;
    for (int i = 0; i < columns(); i++) {
      int pixel = file.get(ValueLayout.JAVA_BYTE, from + i) & 0xFF;
      into.set(
          ValueLayout.JAVA_FLOAT_UNALIGNED,
          at + (long) i * Float.BYTES,
          table[i / plane * 256 + pixel]);
    }
  }

  /** A byte of a record before its pixels. */
  int head(int row, int index) {
    return files.get(file(row)).get(ValueLayout.JAVA_BYTE, offset(row) + index) & 0xFF;
  }

  /** The index of the file that has a record. */
  int file(int row) {
    int file = 0;
    while (first[file + 1] <= row) {
      file++;
    }
    return file;
  }

  /** The index of a record in its file. */
  int within(int row) {
    return row - first[file(row)];
  }

  private long offset(int row) {
    return start + (long) within(row) * record;
  }

  /** Mean and deviation of each channel over some rows, pixels in [0, 1]: exact, by counting. */
  @Override
  public PixelScale fit(int[] rows) {
    long[] counts = new long[channels * 256];
    for (int row : rows) {
      MemorySegment file = files.get(file(row));
      long from = offset(row) + skip;
      for (int i = 0; i < columns(); i++) {
        counts[i / plane * 256 + (file.get(ValueLayout.JAVA_BYTE, from + i) & 0xFF)]++;
      }
    }
    double[] mean = new double[channels];
    double[] deviation = new double[channels];
    double pixels = (double) rows.length * plane;
    for (int c = 0; c < channels; c++) {
      for (int b = 0; b < 256; b++) {
        mean[c] += counts[c * 256 + b] * (b / 255.0) / pixels;
      }
      double squares = 0;
      for (int b = 0; b < 256; b++) {
        double off = b / 255.0 - mean[c];
        squares += counts[c * 256 + b] * off * off;
      }
      deviation[c] = Math.sqrt(squares / pixels);
    }
    return new PixelScale(mean, deviation);
  }
}
