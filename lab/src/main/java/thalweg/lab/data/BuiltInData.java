package thalweg.lab.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;

/**
 * The small real data sets that come with the library; ATTRIBUTION.md beside them names origins.
 */
public enum BuiltInData {
  DIGITS("1797 handwritten digits of 8x8 pixels, 10 classes") {
    @Override
    DataSet read() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        names.add("pixel_%d_%d".formatted(i / 8, i % 8));
      }
      double[][] rows = numbers("digits.csv.gz", 0);
      for (double[] row : rows) {
        for (int i = 0; i < 64; i++) {
          row[i] /= 16;
        }
      }
      List<String> classes =
          Stream.iterate(0, i -> i < 10, i -> i + 1).map(String::valueOf).toList();
      return dataSet(
          "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine"
              + " Learning Repository, 1998, doi:10.24432/C50P49, CC BY 4.0, as shipped with"
              + " scikit-learn; pixels scaled to 0..1",
          columns(names, rows),
          classes("digit", rows, classes),
          Scaling.AS_IS);
    }
  },
  BREAST_CANCER("569 tumours, 30 measurements of very different size, malignant or benign") {
    @Override
    DataSet read() {
      List<String> measures =
          List.of(
              "radius",
              "texture",
              "perimeter",
              "area",
              "smoothness",
              "compactness",
              "concavity",
              "concave points",
              "symmetry",
              "fractal dimension");
      List<String> names = new ArrayList<>();
      measures.forEach(m -> names.add("mean " + m));
      measures.forEach(m -> names.add(m + " error"));
      measures.forEach(m -> names.add("worst " + m));
      double[][] rows = numbers("breast_cancer.csv", 1);
      return dataSet(
          "W. Wolberg, O. Mangasarian, N. Street and W. Street, Breast Cancer Wisconsin"
              + " (Diagnostic), UCI Machine Learning Repository, 1993, doi:10.24432/C5DW2B,"
              + " CC BY 4.0, as shipped with scikit-learn",
          columns(names, rows),
          classes("diagnosis", rows, List.of("malignant", "benign")),
          Scaling.STANDARDIZED);
    }
  },
  DIABETES("442 patients, 10 measurements, progression of the disease after a year") {
    @Override
    DataSet read() {
      double[][] rows = numbers("diabetes_data_raw.csv.gz", 0);
      double[][] targets = numbers("diabetes_target.csv.gz", 0);
      double[] values = new double[targets.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = targets[i][0];
      }
      return dataSet(
          "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, Annals of"
              + " Statistics 32 (2004), 407-499, as shipped with scikit-learn",
          columns(List.of("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"), rows),
          new Target.Numbers("progression", values),
          Scaling.STANDARDIZED);
    }
  },
  IRIS("150 flowers, 4 measurements, 3 species") {
    @Override
    DataSet read() {
      List<String> names =
          List.of("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)");
      double[][] rows = numbers("iris.csv", 1);
      return dataSet(
          "R. A. Fisher, Iris, UCI Machine Learning Repository, 1936, doi:10.24432/C56C76,"
              + " CC BY 4.0, as shipped with scikit-learn",
          columns(names, rows),
          classes("species", rows, List.of("setosa", "versicolor", "virginica")),
          Scaling.STANDARDIZED);
    }
  };

  private final String summary;

  BuiltInData(String summary) {
    this.summary = summary;
  }

  /** The name on the command line, as {@code breast_cancer}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it holds, in one line. */
  public String summary() {
    return summary;
  }

  /** All names, in the order they are offered. */
  public static List<String> names() {
    return Stream.of(values()).map(BuiltInData::id).toList();
  }

  /**
   * Reads the data set of a name.
   *
   * @throws BadInput if there is none, offering the nearest names
   */
  public static DataSet named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replace('-', '_');
    for (BuiltInData data : values()) {
      if (data.id().equals(wanted)) {
        return data.read();
      }
    }
    throw new BadInput(
        "unknown data set '%s': %s (your own table: --csv FILE --target COLUMN)"
            .formatted(name, Nearest.offer(name, names())));
  }

  /** Reads it from the library's own files. */
  abstract DataSet read();

  DataSet dataSet(String source, List<Column> columns, Target target, Scaling scaling) {
    return new DataSet(id(), source, columns, target, scaling, List.of());
  }

  private static List<Column> columns(List<String> names, double[][] rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      double[] values = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        values[i] = rows[i][c];
      }
      columns.add(new Column.Numeric(names.get(c), values));
    }
    return columns;
  }

  private static Target classes(String name, double[][] rows, List<String> classes) {
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = (int) rows[i][rows[i].length - 1];
    }
    return new Target.Classes(name, labels, classes);
  }

  private static double[][] numbers(String file, int headerLines) {
    try (@Nullable InputStream raw = BuiltInData.class.getResourceAsStream(file)) {
      if (raw == null) {
        throw new IllegalStateException("the data file %s is not in this build".formatted(file));
      }
      InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return reader
            .lines()
            .skip(headerLines)
            .map(line -> Stream.of(line.trim().split("[, ]+")))
            .map(fields -> fields.mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the data file " + file + " in this build is broken", e);
    }
  }
}
