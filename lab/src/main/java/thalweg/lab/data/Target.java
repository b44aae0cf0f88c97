package thalweg.lab.data;

import java.util.List;

/** What is to be predicted for each row. */
public sealed interface Target {
  /** The name of the column. */
  String name();

  /** How many rows it has. */
  int rows();

  /** Classification or regression. */
  Task task();

  /**
   * One class a row.
   *
   * @param labels [rows], indices into the classes. Not copied: do not write to it
   * @param classes the classes' names, in the order of their indices
   */
  @SuppressWarnings("ArrayRecordComponent") // large tables, never compared
  record Classes(String name, int[] labels, List<String> classes) implements Target {
    public Classes {
      classes = List.copyOf(classes);
    }

    @Override
    public int rows() {
      return labels.length;
    }

    @Override
    public Task task() {
      return Task.CLASSIFICATION;
    }
  }

  /**
   * One number a row, in the units of the table.
   *
   * @param values [rows], finite. Not copied: do not write to it
   */
  @SuppressWarnings("ArrayRecordComponent") // large tables, never compared
  record Numbers(String name, double[] values) implements Target {
    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public Task task() {
      return Task.REGRESSION;
    }
  }
}
