package thalweg.lab.data;

import java.util.List;

/**
 * A table to learn from, as it was read: columns of features and a target.
 *
 * <p>Nothing is scaled, filled in or encoded here, because the numbers for that may come from the
 * training rows only; a {@link Split} does it.
 *
 * @param name short, for titles: {@code digits} or the file's name
 * @param source where the data come from, with the attribution their licence asks for
 * @param columns at least one, all of as many rows as the target
 * @param scaling what a split does to numeric columns
 * @param notes what a user should know of how it was read, one line each
 */
public record DataSet(
    String name,
    String source,
    List<Column> columns,
    Target target,
    Scaling scaling,
    List<String> notes) {
  public DataSet {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("data set '%s' has no columns".formatted(name));
    }
    for (Column column : columns) {
      if (column.rows() != target.rows()) {
        throw new IllegalArgumentException(
            "data set '%s': column '%s' has %d rows, the target '%s' has %d"
                .formatted(name, column.name(), column.rows(), target.name(), target.rows()));
      }
    }
  }

  /** The same table, of which a split makes something else. */
  DataSet scaled(Scaling other) {
    return new DataSet(name, source, columns, target, other, notes);
  }

  /** How many rows it has. */
  public int rows() {
    return target.rows();
  }

  /** Classification or regression. */
  public Task task() {
    return target.task();
  }
}
