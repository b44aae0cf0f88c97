package thalweg.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table to learn from: features and targets.
 *
 * <p>Arrays are used as they are, not copied; do not write to them while they are in use.
 */
public record Samples(Features features, Targets targets) {
  public Samples {
    if (features.rows() != targets.rows()) {
      throw new IllegalArgumentException(
          "features of %d rows and targets of %d do not belong together"
              .formatted(features.rows(), targets.rows()));
    }
  }

  /** Two disjoint parts of one table. */
  public record Split(Samples train, Samples validation) {}

  public static Samples classification(int columns, float[] features, int[] labels, int classes) {
    return new Samples(Features.of(columns, features), new Targets.Classes(labels, classes));
  }

  public static Samples regression(int columns, float[] features, float[] values) {
    return new Samples(Features.of(columns, features), new Targets.Values(values));
  }

  /** Number of samples. */
  public int rows() {
    return targets.rows();
  }

  /** Number of features a sample. */
  public int columns() {
    return features.columns();
  }

  /** The given samples, in that order; features are not copied. */
  public Samples select(int[] rows) {
    return new Samples(features.select(rows), targets.select(rows));
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
      case Targets.Values _, Targets.Tokens _ -> List.of(Order.natural(rows()));
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
