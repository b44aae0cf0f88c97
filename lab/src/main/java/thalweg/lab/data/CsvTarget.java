package thalweg.lab.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;

/** The target column of a user's table: collected row by row, then decided and checked. */
final class CsvTarget {
  private static final int MOST_INTEGER_CLASSES = 20;

  private final CsvSource source;
  private final String name;
  private final List<String> fields = new ArrayList<>();
  private final Map<String, String> spellings = new HashMap<>();
  private final Map<String, Long> firstLines = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private boolean numeric = true;
  private boolean integers = true;
  private @Nullable String firstText;
  private long firstTextLine;

  CsvTarget(CsvSource source, String name) {
    this.source = source;
    this.name = name;
  }

  int rows() {
    return fields.size();
  }

  void add(long line, String field) {
    String kept = spellings.computeIfAbsent(field, f -> f);
    fields.add(kept);
    firstLines.putIfAbsent(kept, line);
    counts.merge(kept, 1, Integer::sum);
    boolean number =
        CsvField.isNumber(field) || (source.delimiter() != ',' && CsvField.isCommaNumber(field));
    if (!number) {
      numeric = false;
      integers = false;
      if (firstText == null) {
        firstText = field;
        firstTextLine = line;
      }
    } else if (integers) {
      double value = CsvField.number(field);
      if (Math.abs(value) > Float.MAX_VALUE) {
        throw new BadInput(
            "%s:%d: target '%s' is %s, beyond the range of float32 (3.4e38); correct it"
                .formatted(source.file(), line, name, field));
      }
      integers = value == Math.rint(value);
    }
  }

  /** The target as classes or numbers; a task that was not asked for is guessed, and said. */
  Target decide(@Nullable Task asked, List<String> notes) {
    Task task = asked;
    if (task == null) {
      boolean fewIntegers =
          integers && counts.size() <= MOST_INTEGER_CLASSES && 2 * counts.size() <= fields.size();
      boolean classes = !numeric || fewIntegers;
      task = classes ? Task.CLASSIFICATION : Task.REGRESSION;
      notes.add(
          "target '%s' holds %s, taken as %s (--task %s for the other)"
              .formatted(
                  name,
                  numeric
                      ? counts.size() + " different " + (integers ? "integers" : "numbers")
                      : counts.size() + " different texts",
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
    if (counts.size() == 1) {
      throw new BadInput(
          "%s: target '%s' is %s in every row, there is nothing to predict; choose another --target"
              .formatted(source.file(), name, fields.getFirst()));
    }
    return new Target.Numbers(name, fields.stream().mapToDouble(CsvField::number).toArray());
  }

  private Target classes() {
    if (counts.size() == 1) {
      throw new BadInput(
          "%s: target '%s' has one class only, '%s'; a classification needs two or more: choose another --target"
              .formatted(source.file(), name, fields.getFirst()));
    }
    String instead = numeric ? ", or use --task regression" : "";
    if (2 * counts.size() > fields.size()) {
      throw new BadInput(
          "%s: target '%s' has %d different values in %d rows, too many to be classes; choose another --target%s"
              .formatted(source.file(), name, counts.size(), fields.size(), instead));
    }
    List<String> classes = new ArrayList<>(counts.keySet());
    classes.sort(
        numeric ? Comparator.comparingDouble(CsvField::number) : Comparator.naturalOrder());
    List<String> single = classes.stream().filter(c -> counts.getOrDefault(c, 0) == 1).toList();
    if (!single.isEmpty()) {
      throw new BadInput(
          "%s:%d: class '%s' of target '%s' has a single row%s; a class needs two or more, to train and to validate: remove or merge it%s"
              .formatted(
                  source.file(),
                  firstLines.get(single.getFirst()),
                  single.getFirst(),
                  name,
                  single.size() > 1 ? " (and %d more classes)".formatted(single.size() - 1) : "",
                  instead));
    }
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(c -> index.put(c, index.size()));
    return new Target.Classes(name, fields.stream().mapToInt(index::get).toArray(), classes);
  }
}
