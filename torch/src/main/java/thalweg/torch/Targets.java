package thalweg.torch;

/** What a network is to answer for each sample: a class, a number, or a class at each step. */
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

  /**
   * A class at each step of a sample, as the token that comes next.
   *
   * @param length steps of a sample, at least 1
   * @param classes number of classes, at least 2
   */
  record Tokens(Labels labels, int rows, int length, int classes) implements Targets {
    /** Where the classes come from: a class in [0, classes). */
    @FunctionalInterface
    public interface Labels {
      int at(int row, int step);
    }

    public Tokens {
      if (length < 1) {
        throw new IllegalArgumentException("Targets.length must be >= 1, got " + length);
      }
      if (classes < 2) {
        throw new IllegalArgumentException("Targets.classes must be >= 2, got " + classes);
      }
    }

    @Override
    public int outputs() {
      return classes;
    }

    @Override
    public Tokens select(int[] rows) {
      return new Tokens((row, step) -> labels.at(rows[row], step), rows.length, length, classes);
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
