package thalweg.torch;

/** What a network is to answer for each sample: a class, or a number. */
public sealed interface Targets {
  /** Number of samples. */
  int rows();

  /** Outputs a network needs: one a class, or one. */
  int outputs();

  /** Those of the given samples, in that order. */
  Targets select(int[] rows);

  /**
   * One class a sample.
   *
   * @param labels each in [0, classes)
   * @param classes number of classes, at least 2
   */
  @SuppressWarnings("ArrayRecordComponent") // a column of numbers; identity is never asked
  record Classes(int[] labels, int classes) implements Targets {
    public Classes {
      if (classes < 2) {
        throw new IllegalArgumentException("Targets.classes must be >= 2, got " + classes);
      }
      for (int row = 0; row < labels.length; row++) {
        if (labels[row] < 0 || labels[row] >= classes) {
          throw new IllegalArgumentException(
              "label of sample %d must be in [0, %d), got %d".formatted(row, classes, labels[row]));
        }
      }
    }

    @Override
    public int rows() {
      return labels.length;
    }

    @Override
    public int outputs() {
      return classes;
    }

    @Override
    public Classes select(int[] rows) {
      int[] selected = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = labels[rows[i]];
      }
      return new Classes(selected, classes);
    }
  }

  /** One number a sample. */
  @SuppressWarnings("ArrayRecordComponent") // a column of numbers; identity is never asked
  record Values(float[] values) implements Targets {
    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Values select(int[] rows) {
      float[] selected = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = values[rows[i]];
      }
      return new Values(selected);
    }
  }
}
