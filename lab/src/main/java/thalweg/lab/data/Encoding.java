package thalweg.lab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How one column of a table becomes columns of a matrix, fitted on the training rows. */
sealed interface Encoding {
  /** The category that missing texts form. */
  String MISSING = "missing";

  /** The matrix columns this makes; none when the training rows say nothing. */
  List<String> names();

  /** Writes one row's features from a position on. */
  void write(int row, float[] features, int position);

  /** Fits a column; what a user should know goes to the notes. */
  static Encoding fit(Column column, Scaling scaling, int[] trainRows, List<String> notes) {
    return switch (column) {
      case Column.Numeric numeric -> fit(numeric, scaling, trainRows, notes);
      case Column.Text text -> fit(text, trainRows);
    };
  }

  private static Encoding fit(
      Column.Numeric column, Scaling scaling, int[] trainRows, List<String> notes) {
    Scale fitted = Scale.fit(column.values(), trainRows);
    if (Double.isNaN(fitted.mean())) {
      notes.add(
          "column '%s' left out: every training row lacks its value".formatted(column.name()));
      return new Nothing();
    }
    return switch (scaling) {
      case AS_IS -> new Numeric(column, Scale.NONE, fitted.mean());
      case STANDARDIZED -> {
        if (fitted.deviation() == 0) {
          notes.add(
              "column '%s' left out: the same value in every training row"
                  .formatted(column.name()));
          yield new Nothing();
        }
        yield new Numeric(column, fitted, fitted.mean());
      }
    };
  }

  private static Encoding fit(Column.Text column, int[] trainRows) {
    TreeSet<String> seen = new TreeSet<>();
    for (int row : trainRows) {
      seen.add(category(column, row));
    }
    return new OneHot(column, List.copyOf(seen));
  }

  private static String category(Column.Text column, int row) {
    @Nullable String value = column.values().get(row);
    return value == null ? MISSING : value;
  }

  /** A shift and a stretch: (x - mean) / deviation, in double, rounded to float once. */
  record Scale(double mean, double deviation) {
    static final Scale NONE = new Scale(0, 1);

    /** Mean and deviation (over n) of the values present in these rows; NaN when none is. */
    static Scale fit(Numbers values, int[] rows) {
      double sum = 0;
      int count = 0;
      for (int row : rows) {
        if (!Double.isNaN(values.at(row))) {
          sum += values.at(row);
          count++;
        }
      }
      double mean = sum / count;
      double squares = 0;
      boolean equal = true;
      double first = Double.NaN;
      for (int row : rows) {
        double value = values.at(row);
        if (!Double.isNaN(value)) {
          squares += (value - mean) * (value - mean);
          first = Double.isNaN(first) ? value : first;
          equal &= value == first;
        }
      }
      // Equal values can miss their own rounded mean by an ulp: that is no deviation.
      return new Scale(mean, equal ? 0 : Math.sqrt(squares / count));
    }

    float apply(double value) {
      return (float) (deviation == 0 ? value - mean : (value - mean) / deviation);
    }
  }

  /** One matrix column of numbers; a missing value becomes the training mean. */
  record Numeric(Column.Numeric column, Scale scale, double fill) implements Encoding {
    @Override
    public List<String> names() {
      return List.of(column.name());
    }

    @Override
    public void write(int row, float[] features, int position) {
      double value = column.values().at(row);
      features[position] = scale.apply(Double.isNaN(value) ? fill : value);
    }
  }

  /** A matrix column for each category of the training rows; zeros for any other category. */
  record OneHot(Column.Text column, List<String> categories) implements Encoding {
    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      for (String category : categories) {
        names.add(column.name() + "=" + category);
      }
      return names;
    }

    @Override
    public void write(int row, float[] features, int position) {
      int index = categories.indexOf(category(column, row));
      if (index >= 0) {
        features[position + index] = 1;
      }
    }
  }

  /** A column that is left out. */
  record Nothing() implements Encoding {
    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public void write(int row, float[] features, int position) {}
  }
}
