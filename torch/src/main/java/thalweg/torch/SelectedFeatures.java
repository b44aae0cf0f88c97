package thalweg.torch;

import java.lang.foreign.MemorySegment;

/** Some rows of other features. */
@SuppressWarnings("ArrayRecordComponent") // row numbers of a large table, never compared
record SelectedFeatures(Features of, int[] chosen) implements Features {
  @Override
  public int rows() {
    return chosen.length;
  }

  @Override
  public int columns() {
    return of.columns();
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    of.read(chosen[row], epoch, into, at);
  }

  /** Of the table itself, so that views do not pile up. */
  @Override
  public Features select(int[] rows) {
    int[] inner = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      inner[i] = chosen[rows[i]];
    }
    return new SelectedFeatures(of, inner);
  }
}
