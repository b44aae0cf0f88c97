package thalweg.lab.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.Scratch;
import thalweg.text.Nearest;

/**
 * A user's own table: a CSV file with a header line, and the column to predict.
 *
 * <p>The file is UTF-8, with or without a byte order mark, fields quoted where needed. It is read
 * twice and never held as text; the numbers of a large table go to a temporary file, 8 bytes each,
 * so that the table may be larger than the memory.
 *
 * <p>What happens to the columns: numbers are standardized and texts become one column a category
 * (both by {@link Split}); a column of one value, without values, or of too many different texts is
 * left out. A value that is empty, NA, N/A, NaN, null or ? is missing. The notes of the data set
 * say all of it.
 *
 * @param target the name of the column to predict; rows without it are left out
 * @param task null to guess it: texts or at most 20 different integers (and at most half as many as
 *     rows) are classes
 * @param delimiter null to detect it among comma, semicolon and tab
 */
public record CsvTable(
    Path file, String target, @Nullable Task task, @Nullable Character delimiter) {
  private static final int FEWEST_ROWS = 10;
  private static final int NAMED = 5;

  /**
   * Reads the table.
   *
   * @throws BadInput if the file cannot be read, is no table, or its target cannot be learned
   */
  public DataSet load() {
    CsvSource source = CsvSource.open(file, delimiter);
    int targetIndex = source.header().indexOf(target);
    if (targetIndex < 0) {
      throw new BadInput(
          "%s has no column '%s' to predict: %s%s"
              .formatted(
                  file,
                  target,
                  Nearest.offer(target, source.header()),
                  source.header().size() == 1
                      ? "; the whole header is one column, perhaps --delimiter is needed"
                      : ""));
    }
    List<ColumnProfile> profiles =
        source.header().stream().map(name -> new ColumnProfile(source, name)).toList();
    CsvTarget answers = new CsvTarget(source, target);
    int[] untargeted = {0};
    long[] firstUntargeted = {0};
    source.rows((line, fields) -> {
      if (CsvField.missing(fields.get(targetIndex))) {
        if (untargeted[0]++ == 0) {
          firstUntargeted[0] = line;
        }
        return;
      }
      answers.add(line, fields.get(targetIndex));
      for (int i = 0; i < fields.size(); i++) {
        if (i != targetIndex) {
          profiles.get(i).add(line, fields.get(i));
        }
      }
    });
    List<String> notes = new ArrayList<>();
    checkRows(answers.rows(), untargeted[0]);
    Target decided = answers.decide(task, notes);
    if (untargeted[0] > 0) {
      notes.add(
          "%d %s without '%s' left out, %s line %d"
              .formatted(
                  untargeted[0],
                  untargeted[0] == 1 ? "row" : "rows",
                  target,
                  untargeted[0] == 1 ? "that of" : "the first in",
                  firstUntargeted[0]));
    }
    int[] kept =
        IntStream.range(0, profiles.size())
            .filter(i -> i != targetIndex && informative(profiles.get(i)))
            .toArray();
    List<ColumnProfile> features =
        IntStream.range(0, profiles.size())
            .filter(i -> i != targetIndex)
            .mapToObj(profiles::get)
            .toList();
    features.forEach(ColumnProfile::checkFinite);
    describe(features, notes);
    if (kept.length == 0) {
      throw new BadInput(
          "%s: no column is left to learn '%s' from%s"
              .formatted(file, target, notes.isEmpty() ? "" : " (" + notes.getLast() + ")"));
    }
    return new DataSet(
        String.valueOf(file.getFileName()),
        "your own table " + file,
        columns(source, targetIndex, kept, profiles, answers.rows()),
        decided,
        Scaling.STANDARDIZED,
        notes);
  }

  private void checkRows(int rows, int untargeted) {
    if (rows + untargeted == 0) {
      throw new BadInput("%s has a header but no rows; add some".formatted(file));
    }
    if (rows < FEWEST_ROWS) {
      throw new BadInput(
          "%s has %d rows with a value in '%s'; at least %d are needed to train and validate"
              .formatted(file, rows, target, FEWEST_ROWS));
    }
  }

  private static boolean informative(ColumnProfile profile) {
    return !profile.allMissing() && !profile.constant() && !profile.tooManyTexts();
  }

  private static void describe(List<ColumnProfile> profiles, List<String> notes) {
    note(
        notes,
        "left out, no value in any row: ",
        profiles.stream().filter(ColumnProfile::allMissing).map(p -> quoted(p.name())).toList());
    note(
        notes,
        "left out, the same value in every row: ",
        profiles.stream()
            .filter(p -> !p.allMissing() && p.constant())
            .map(p -> quoted(p.name()))
            .toList());
    note(
        notes,
        "left out, neither numbers nor categories (over %d different texts, or more than half of the rows): "
            .formatted(ColumnProfile.MOST_CATEGORIES),
        profiles.stream()
            .filter(p -> !p.allMissing() && !p.constant() && p.tooManyTexts())
            .map(p -> "%s (%s)".formatted(quoted(p.name()), p.firstText()))
            .toList());
    note(
        notes,
        "missing numbers replaced by the training mean: ",
        profiles.stream()
            .filter(p -> informative(p) && p.numeric() && p.missing() > 0)
            .map(CsvTable::missing)
            .toList());
    note(
        notes,
        "missing texts taken as a category of their own: ",
        profiles.stream()
            .filter(p -> informative(p) && !p.numeric() && p.missing() > 0)
            .map(CsvTable::missing)
            .toList());
  }

  private static String missing(ColumnProfile profile) {
    return "%s (%d of %d)".formatted(quoted(profile.name()), profile.missing(), profile.rows());
  }

  private static String quoted(String name) {
    return "'" + name + "'";
  }

  private static void note(List<String> notes, String what, List<String> columns) {
    if (!columns.isEmpty()) {
      String named = columns.stream().limit(NAMED).collect(Collectors.joining(", "));
      int more = columns.size() - NAMED;
      notes.add(what + named + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  /** The second pass: numbers column by column, texts as numbers of their spellings. */
  private static List<Column> columns(
      CsvSource source, int targetIndex, int[] kept, List<ColumnProfile> profiles, int rows) {
    long columnBytes = (long) rows * Double.BYTES;
    MemorySegment numbers = Scratch.of(kept.length * columnBytes);
    List<Map<String, Integer>> spellings = new ArrayList<>();
    for (int k = 0; k < kept.length; k++) {
      spellings.add(new LinkedHashMap<>());
    }
    int[] row = {0};
    source.rows((_, fields) -> {
      if (CsvField.missing(fields.get(targetIndex))) {
        return;
      }
      for (int k = 0; k < kept.length; k++) {
        numbers.set(
            ValueLayout.JAVA_DOUBLE_UNALIGNED,
            k * columnBytes + (long) row[0] * Double.BYTES,
            number(fields.get(kept[k]), profiles.get(kept[k]), spellings.get(k)));
      }
      row[0]++;
    });
    List<Column> columns = new ArrayList<>();
    for (int k = 0; k < kept.length; k++) {
      String name = profiles.get(kept[k]).name();
      Numbers values = Numbers.of(numbers.asSlice(k * columnBytes, columnBytes));
      columns.add(
          profiles.get(kept[k]).numeric()
              ? new Column.Numeric(name, values)
              : new Column.Text(
                  name, new StoredTexts(List.copyOf(spellings.get(k).keySet()), values)));
    }
    return columns;
  }

  private static double number(
      String field, ColumnProfile profile, Map<String, Integer> spellings) {
    if (profile.numeric() || CsvField.missing(field)) {
      return CsvField.number(field);
    }
    return spellings.computeIfAbsent(field, _ -> spellings.size());
  }
}
