package thalweg.lab.data;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;

/** What a first pass over a file learns of one column: numbers or texts, how many differ. */
final class ColumnProfile {
  /** A text column of more different values than this is no category. */
  static final int MOST_CATEGORIES = 50;

  private final CsvSource source;
  private final String name;
  private final TreeSet<String> texts = new TreeSet<>();
  private boolean pointNumbers = true;
  private boolean commaNumbers;
  private boolean varies;
  private @Nullable String first;
  private @Nullable String firstText;
  private long firstTextLine;
  private int rows;
  private int missing;
  private int notFinite;
  private @Nullable String firstNotFinite;
  private long firstNotFiniteLine;
  private boolean numbersElse = true;

  ColumnProfile(CsvSource source, String name) {
    this.source = source;
    this.name = name;
    this.commaNumbers = source.delimiter() != ',';
  }

  String name() {
    return name;
  }

  void add(long line, String field) {
    rows++;
    if (CsvField.missing(field)) {
      missing++;
      return;
    }
    if (CsvField.isNotFinite(field)) {
      notFinite++;
      if (firstNotFinite == null) {
        firstNotFinite = field;
        firstNotFiniteLine = line;
      }
    } else {
      numbersElse = numbersElse && isNumber(field);
    }
    boolean before = numeric();
    pointNumbers = pointNumbers && CsvField.isNumber(field);
    commaNumbers = commaNumbers && CsvField.isCommaNumber(field);
    if (before && !numeric()) {
      firstText = field;
      firstTextLine = line;
    }
    if (numeric() && Math.abs(CsvField.number(field)) > Float.MAX_VALUE) {
      throw new BadInput(
          "%s:%d: column '%s' holds %s, beyond the range of float32 (3.4e38); correct it or leave it empty"
              .formatted(source.file(), line, name, field));
    }
    if (first == null) {
      first = field;
    } else if (!varies) {
      varies = numeric() ? CsvField.number(field) != CsvField.number(first) : !field.equals(first);
    }
    if (texts.size() <= MOST_CATEGORIES) {
      texts.add(field);
    }
  }

  private boolean isNumber(String field) {
    return CsvField.isNumber(field) || (source.delimiter() != ',' && CsvField.isCommaNumber(field));
  }

  /** Refuses what would make texts of a column of numbers: a few that are not finite. */
  void checkFinite() {
    if (firstNotFinite != null && numbersElse && notFinite + missing < rows) {
      throw new BadInput(
          "%s:%d: column '%s' holds %s among its numbers; correct it or leave it empty"
              .formatted(source.file(), firstNotFiniteLine, name, firstNotFinite));
    }
  }

  /** Whether every value present is a number. */
  boolean numeric() {
    return pointNumbers || commaNumbers;
  }

  boolean allMissing() {
    return missing == rows;
  }

  /** Whether it says nothing: one value, and for a text column no missing ones either. */
  boolean constant() {
    return !varies && (numeric() || missing == 0);
  }

  /** Whether its texts are too many to be categories: an identifier or free text. */
  boolean tooManyTexts() {
    return !numeric() && (texts.size() > MOST_CATEGORIES || 2 * texts.size() > rows);
  }

  int missing() {
    return missing;
  }

  int rows() {
    return rows;
  }

  /** The first value that is no number, and where, as {@code 'abc' in line 7}. */
  String firstText() {
    return "'%s' in line %d".formatted(firstText, firstTextLine);
  }
}
