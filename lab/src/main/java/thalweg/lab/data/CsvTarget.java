package thalweg.lab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;

/** The target column of a user's table: collected row by row, then decided and checked. */
final class CsvTarget {
  private static final int MOST_INTEGER_CLASSES = 20;

  /** More different values than this are not kept apart. */
  private static final int MOST_CLASSES = 100_000;

  private final CsvSource source;
  private final String name;
  private final Map<String, Integer> numberOf = new LinkedHashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private int[] numbers = new int[64];
  private double[] values = new double[64];
  private int rows;
  private boolean tooMany;
  private boolean numeric = true;
  private boolean integers = true;
  private @Nullable String firstText;
  private long firstTextLine;
  private int numberRows;
  private int notFiniteRows;

  CsvTarget(CsvSource source, String name) {
    this.source = source;
    this.name = name;
  }

  int rows() {
    return rows;
  }

  /** A value and its rows. */
  private static final class Seen {
    private final String text;
    private final long firstLine;
    private int count;

    Seen(String text, long firstLine) {
      this.text = text;
      this.firstLine = firstLine;
    }
  }

  void add(long line, String field) {
    if (rows == values.length) {
      int more = Math.addExact(rows, rows);
      numbers = Arrays.copyOf(numbers, tooMany ? 0 : more);
      values = Arrays.copyOf(values, more);
    }
    if (!tooMany) {
      numbers[rows] = number(line, field);
    }
    boolean number =
        CsvField.isNumber(field) || (source.delimiter() != ',' && CsvField.isCommaNumber(field));
    if (!number) {
      numeric = false;
      integers = false;
      notFiniteRows += CsvField.isNotFinite(field) ? 1 : 0;
      if (firstText == null) {
        firstText = field;
        firstTextLine = line;
      }
    } else {
      numberRows++;
      double value = CsvField.number(field);
      values[rows] = value;
      if (Math.abs(value) > Float.MAX_VALUE) {
        throw new BadInput(
            "%s:%d: target '%s' is %s, beyond the range of float32 (3.4e38); correct it"
                .formatted(source.file(), line, name, field));
      }
      integers = integers && value == Math.rint(value);
    }
    rows++;
  }

  /** The number of a value; once the values are too many for classes, none are kept any more. */
  private int number(long line, String field) {
    int number =
        numberOf.computeIfAbsent(
            field,
            text -> {
              seen.add(new Seen(text, line));
              return seen.size() - 1;
            });
    seen.get(number).count++;
    if (seen.size() > MOST_CLASSES) {
      tooMany = true;
      numberOf.clear();
      seen.clear();
      numbers = new int[0];
    }
    return number;
  }

  /** How many different values there are, in words. */
  private String different() {
    return tooMany ? "over " + MOST_CLASSES : String.valueOf(seen.size());
  }

  /** The target as classes or numbers; a task that was not asked for is guessed, and said. */
  Target decide(@Nullable Task asked, List<String> notes) {
    Task task = asked;
    if (task == null) {
      boolean fewIntegers =
          integers && !tooMany && seen.size() <= MOST_INTEGER_CLASSES && 2 * seen.size() <= rows;
      boolean classes = !numeric || fewIntegers;
      boolean fitForClasses = !tooMany && 2 * seen.size() <= rows;
      boolean notFiniteOnly = notFiniteRows > 0 && numberRows + notFiniteRows == rows;
      if (!numeric
          && numberRows > 0
          && (notFiniteOnly || (!fitForClasses && 2 * numberRows > rows))) {
        throw new BadInput(
            "%s:%d: target '%s' is '%s', and %d of its %d rows hold numbers; correct it, leave it empty to leave out the row, or say --task classification"
                .formatted(source.file(), firstTextLine, name, firstText, numberRows, rows));
      }
      task = classes ? Task.CLASSIFICATION : Task.REGRESSION;
      notes.add(
          "target '%s' holds %s, taken as %s (--task %s for the other)"
              .formatted(
                  name,
                  numeric
                      ? different() + " different " + (integers ? "integers" : "numbers")
                      : different() + " different texts",
                  task.word(),
                  (classes ? Task.REGRESSION : Task.CLASSIFICATION).word()));
    }
    return switch (task) {
      case CLASSIFICATION -> classes();
      case REGRESSION -> numbers();
    };
  }

  private Target numbers() {
    if (!numeric) {
      throw new BadInput(
          "%s:%d: target '%s' is '%s', a regression needs a number; correct it or use --task classification"
              .formatted(source.file(), firstTextLine, name, firstText));
    }
    if (!tooMany && seen.size() == 1) {
      throw new BadInput(
          "%s: target '%s' is %s in every row, there is nothing to predict; choose another --target"
              .formatted(source.file(), name, seen.getFirst().text));
    }
    return new Target.Numbers(name, Arrays.copyOf(values, rows));
  }

  private Target classes() {
    if (!tooMany && seen.size() == 1) {
      throw new BadInput(
          "%s: target '%s' has one class only, '%s'; a classification needs two or more: choose another --target"
              .formatted(source.file(), name, seen.getFirst().text));
    }
    String instead = numeric ? ", or use --task regression" : "";
    if (tooMany || 2 * seen.size() > rows) {
      throw new BadInput(
          "%s: target '%s' has %s different values in %d rows, too many to be classes; choose another --target%s"
              .formatted(source.file(), name, different(), rows, instead));
    }
    List<Seen> classes = new ArrayList<>(seen);
    classes.sort(
        numeric
            ? Comparator.comparingDouble(c -> CsvField.number(c.text))
            : Comparator.comparing(c -> c.text));
    List<Seen> single = classes.stream().filter(c -> c.count == 1).toList();
    if (!single.isEmpty()) {
      throw new BadInput(
          "%s:%d: class '%s' of target '%s' has a single row%s; a class needs two or more, to train and to validate: remove or merge it%s"
              .formatted(
                  source.file(),
                  single.getFirst().firstLine,
                  single.getFirst().text,
                  name,
                  single.size() > 1 ? " (and %d more classes)".formatted(single.size() - 1) : "",
                  instead));
    }
    int[] classOf = new int[seen.size()];
    for (int c = 0; c < classOf.length; c++) {
      classOf[numberOf.getOrDefault(classes.get(c).text, 0)] = c;
    }
    int[] labels = new int[rows];
    Arrays.setAll(labels, row -> classOf[numbers[row]]);
    return new Target.Classes(name, labels, classes.stream().map(c -> c.text).toList());
  }
}
