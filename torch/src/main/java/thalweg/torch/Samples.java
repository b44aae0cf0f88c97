package thalweg.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table to learn from: features and targets.
 *
 * <p>The arrays are used as they are, not copied; do not write to them while they are in use.
 *
 * @param columns number of features a sample
 * @param features {@code [rows, columns]}, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // a table of numbers; identity is never asked
public record Samples(int columns, float[] features, Targets targets) {
  public Samples {
    if (columns < 1) {
      throw new IllegalArgumentException("Samples.columns must be >= 1, got " + columns);
    }
    if (features.length != (long) columns * targets.rows()) {
      throw new IllegalArgumentException(
          "%d features are not %d rows of %d columns"
              .formatted(features.length, targets.rows(), columns));
    }
  }

  /** Two disjoint parts of one table. */
  public record Split(Samples train, Samples validation) {}

  public static Samples classification(int columns, float[] features, int[] labels, int classes) {
    return new Samples(columns, features, new Targets.Classes(labels, classes));
  }

  public static Samples regression(int columns, float[] features, float[] values) {
    return new Samples(columns, features, new Targets.Values(values));
  }

  /** Number of samples. */
  public int rows() {
    return targets.rows();
  }

  /** The given samples, in that order. */
  public Samples select(int[] rows) {
    float[] selected = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * columns, selected, i * columns, columns);
    }
    return new Samples(columns, selected, targets.select(rows));
  }

  /**
   * Sets a share of the samples aside, by seed; both parts keep the table's order.
   *
   * <p>Of each class the same share goes (stratified), rounded to whole samples; of values, a share
   * of all.
   *
   * @param share of the validation part, in (0, 1)
   */
  public Split split(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("Samples.split share must be in (0, 1), got " + share);
    }
    boolean[] aside = new boolean[rows()];
    int stratum = 0;
    for (int[] members : strata()) {
      int[] order = Order.shuffled(members.length, seed, stratum++);
      int count = (int) Math.round(share * members.length);
      for (int i = 0; i < count; i++) {
        aside[members[order[i]]] = true;
      }
    }
    Split split = new Split(select(rowsWhere(aside, false)), select(rowsWhere(aside, true)));
    if (split.train.rows() == 0 || split.validation.rows() == 0) {
      throw new IllegalArgumentException(
          "%d samples split at %s leave one part empty; give more samples or another share"
              .formatted(rows(), share));
    }
    return split;
  }

  private List<int[]> strata() {
    return switch (targets) {
      case Targets.Values values -> List.of(Order.natural(values.rows()));
      case Targets.Classes classes -> {
        List<int[]> strata = new ArrayList<>();
        for (int c = 0; c < classes.classes(); c++) {
          boolean[] member = new boolean[rows()];
          for (int row = 0; row < member.length; row++) {
            member[row] = classes.labels()[row] == c;
          }
          strata.add(rowsWhere(member, true));
        }
        yield strata;
      }
    };
  }

  private static int[] rowsWhere(boolean[] flags, boolean wanted) {
    int[] rows = new int[flags.length];
    int count = 0;
    for (int row = 0; row < flags.length; row++) {
      if (flags[row] == wanted) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}
