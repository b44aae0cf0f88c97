package thalweg.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;

class CsvTableTest {
  @TempDir Path folder;
  private Path file = Path.of("set before each test");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("t.csv");
  }

  // What is read.

  @Test
  void textsAndFewIntegersAreClassesOtherNumbersAreNot() {
    String notes = "y: %s";
    assertThat(load(rows("x,y", i -> i + "," + (i % 2 == 0 ? "yes" : "no"))).task())
        .as(notes, "texts")
        .isEqualTo(Task.CLASSIFICATION);
    assertThat(load(rows("x,y", i -> i + "," + i % 3)).task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(load(rows("x,y", i -> i + "," + i)).task()).isEqualTo(Task.REGRESSION);
    assertThat(load(rows("x,y", i -> i + "," + i % 3 + ".5")).task()).isEqualTo(Task.REGRESSION);
    assertThat(load(rows("x,y", i -> i + "," + i % 3), "y", Task.REGRESSION, null).task())
        .isEqualTo(Task.REGRESSION);
  }

  @Test
  void whatIsNotFiniteAmongNumbersIsNamedWithItsLine() {
    for (String bad : new String[] {"inf", "-Infinity", "+INF", "-nan", "1.#IND"}) {
      refused(
          rows("x,y", i -> i + "," + (i == 3 || i == 5 ? bad : String.valueOf(i % 2))),
          "FILE:5: target 'y' is '%s', and 18 of its 20 rows hold numbers; correct it, leave it empty to leave out the row, or say --task classification"
              .formatted(bad));
      refused(
          rows("x,y", i -> (i == 3 ? bad : String.valueOf(i)) + "," + i % 2),
          "FILE:5: column 'x' holds %s among its numbers; correct it or leave it empty"
              .formatted(bad));
    }
    refused(
        rows("x,y", i -> i + "," + (i == 3 ? "1O" : i + ".5")),
        "FILE:5: target 'y' is '1O', and 19 of its 20 rows hold numbers; correct it, leave it empty"
            + " to leave out the row, or say --task classification");
  }

  @Test
  void infIsAClassLikeOthersWhereClassesAreAskedForOrTexts() {
    String asked = rows("x,y", i -> i + "," + (i % 2 == 0 ? "inf" : "1"));
    assertThat(load(asked, "y", Task.CLASSIFICATION, null).task()).isEqualTo(Task.CLASSIFICATION);
    String texts = rows("x,y", i -> i + "," + (i % 2 == 0 ? "inf" : "sup"));
    assertThat(load(texts).task()).isEqualTo(Task.CLASSIFICATION);
  }

  @Test
  void aGuessedTaskIsSaid() {
    assertThat(load(rows("x,y", i -> i + "," + i % 3)).notes())
        .containsExactly(
            "target 'y' holds 3 different integers, taken as classification (--task regression for"
                + " the other)");
  }

  @Test
  void integerClassesSortByValueNotByText() {
    Target target = load(rows("x,y", i -> i + "," + (i % 3 + 9))).target();
    assertThat(((Target.Classes) target).classes()).containsExactly("9", "10", "11");
    assertThat(((Target.Classes) target).labels()).startsWith(0, 1, 2, 0);
  }

  @Test
  void semicolonsAndTabsAreDetectedAndADelimiterCanBeGiven() {
    assertThat(load(rows("x;\"a;,,,,b\";y", i -> i + ";" + i * 2 + ";" + i % 2)).columns())
        .extracting(Column::name)
        .containsExactly("x", "a;,,,,b");
    assertThat(load(rows("x\ty", i -> i + "\t" + i % 2)).columns()).hasSize(1);
    assertThat(load(rows("x|y", i -> i + "|" + i % 2), "y", null, '|').columns()).hasSize(1);
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineBreaks() {
    DataSet data =
        load(rows("\"x\",\"kind, of\",y", i -> i + ",\"a \"\"" + i % 2 + "\"\",\nb\"," + i % 2));
    assertThat(data.columns().get(1).name()).isEqualTo("kind, of");
    assertThat(((Column.Text) data.columns().get(1)).values()).contains("a \"1\",\nb");
    assertThat(data.rows()).isEqualTo(20);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() {
    assertThat(load("\uFEFF" + rows("y,x", i -> i % 2 + "," + i)).rows()).isEqualTo(20);
  }

  @Test
  void decimalCommasAreNumbersWhereTheCommaDelimitsNothing() {
    DataSet data = load(rows("x;y", i -> i + ",25;" + i % 2));
    assertThat(((Column.Numeric) data.columns().getFirst()).values().toArray())
        .startsWith(0.25, 1.25);
  }

  @Test
  void missingValuesAreNamedAndRowsWithoutTargetAreLeftOut() {
    String[] missing = {"", "NA", "NaN", "null", "?"};
    DataSet data =
        load(
            rows(
                "n,t,y",
                i ->
                    (i < 5 ? missing[i] : i)
                        + ","
                        + (i < 2 ? " " : "abc".charAt(i % 3))
                        + ","
                        + (i == 19 ? "" : i % 2)));
    assertThat(data.rows()).isEqualTo(19);
    assertThat(data.notes())
        .contains(
            "1 row without 'y' left out, that of line 21",
            "missing numbers replaced by the training mean: 'n' (5 of 19)",
            "missing texts taken as a category of their own: 't' (2 of 19)");
    assertThat(((Column.Numeric) data.columns().get(0)).values().at(0)).isNaN();
    assertThat(((Column.Text) data.columns().get(1)).values().get(0)).isNull();
  }

  @Test
  void uselessColumnsAreLeftOutAndNamed() {
    DataSet data = load(rows("x,same,none,id,y", i -> i + ",7,?,name " + i + "," + i % 2));
    assertThat(data.columns()).extracting(Column::name).containsExactly("x");
    assertThat(data.notes())
        .contains(
            "left out, no value in any row: 'none'",
            "left out, the same value in every row: 'same'",
            "left out, neither numbers nor categories (over 50 different texts, or more than half"
                + " of the rows): 'id' ('name 0' in line 2)");
  }

  @Test
  void aTypoAmongNumbersIsPointedAt() {
    assertThat(load(rows("x,z,y", i -> i + "," + (i == 4 ? "1O" : i) + "," + i % 2)).notes())
        .anyMatch(note -> note.endsWith("'z' ('1O' in line 6)"));
  }

  // What is refused.

  @Test
  void aMissingFileAndAFolder() {
    assertThatThrownBy(() -> new CsvTable(file, "y", null, null).load())
        .isInstanceOf(BadInput.class)
        .hasMessage("cannot read %s: there is no such file; check the path", file);
    assertThatThrownBy(() -> new CsvTable(folder, "y", null, null).load())
        .hasMessage("cannot read %s: it is a folder; give a CSV file", folder);
  }

  @Test
  void anEmptyFileAndOneWithOnlyAHeader() {
    refused("", "cannot read FILE: it is empty; it needs a header line and rows");
    refused("x,y\n", "FILE has a header but no rows; add some");
  }

  @Test
  void aMissingTargetColumnOffersTheNearest() {
    refused(
        rows("size,prize", i -> i + "," + i),
        "price",
        null,
        "FILE has no column 'price' to predict: did you mean 'prize'?");
    refused(
        rows("size|weight", i -> i + "|" + i),
        "x",
        null,
        "FILE has no column 'x' to predict: there is 'size|weight'; the whole header is one column,"
            + " perhaps --delimiter is needed");
  }

  @Test
  void aRaggedRow() {
    refused(
        "x,y\n1,2\n1,2,3\n",
        "FILE:3: the row has 3 fields, the header has 2; correct the row, or quote fields that"
            + " contain ','");
  }

  @Test
  void aDuplicateHeader() {
    refused("x,y,x\n1,2,3\n", "FILE:1: the header names column 'x' twice; rename one of them");
  }

  @Test
  void aRegressionTargetThatIsNoNumber() {
    refused(
        rows("x,y", i -> i + "," + (i == 7 ? "many" : i)),
        "y",
        Task.REGRESSION,
        "FILE:9: target 'y' is 'many', a regression needs a number; correct it or use --task"
            + " classification");
  }

  @Test
  void oneValueInTheWholeTarget() {
    refused(
        rows("x,y", i -> i + ",a"),
        "FILE: target 'y' has one class only, 'a'; a classification needs two or more: choose"
            + " another --target");
    refused(
        rows("x,y", i -> i + ",1.5"),
        "FILE: target 'y' is 1.5 in every row, there is nothing to predict; choose another"
            + " --target");
  }

  @Test
  void aClassOfASingleRow() {
    refused(
        rows("x,y", i -> i + "," + (i == 3 ? "c" : i % 2 == 0 ? "a" : "b")),
        "FILE:5: class 'c' of target 'y' has a single row; a class needs two or more, to train and"
            + " to validate: remove or merge it");
  }

  @Test
  void asManyClassesAsRows() {
    refused(
        rows("x,y", i -> i + "," + i + ".5"),
        "y",
        Task.CLASSIFICATION,
        "FILE: target 'y' has 20 different values in 20 rows, too many to be classes; choose"
            + " another --target, or use --task regression");
  }

  @Test
  void tooFewRows() {
    refused(
        "x,y\n1,2\n3,4\n5,\n",
        "FILE has 2 rows with a value in 'y'; at least 10 are needed to train and validate");
  }

  @Test
  void nothingToLearnFrom() {
    refused(
        rows("x,y", i -> "1," + i),
        "FILE: no column is left to learn 'y' from (left out, the same value in every row: 'x')");
  }

  @Test
  void numbersBeyondFloat() {
    refused(
        rows("x,y", i -> (i == 1 ? "1e39" : "1") + "," + i),
        "FILE:3: column 'x' holds 1e39, beyond the range of float32 (3.4e38); correct it or leave"
            + " it empty");
  }

  @Test
  void textThatIsNotUtf8AndAQuoteThatNeverEnds() {
    refused(rows("x,y", i -> i + ",\u00e9"), StandardCharsets.ISO_8859_1, "FILE: not UTF-8 text");
    refused(rows("x,y", i -> i + ",1"), StandardCharsets.UTF_16, "FILE: UTF-16 text; save");
    refused(
        "x,y\n1,2\n3,\"4\n", StandardCharsets.UTF_8, "FILE: cannot be read as CSV after line 2");
  }

  private static String rows(String header, IntFunction<String> row) {
    return IntStream.range(0, 20)
        .mapToObj(row)
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  private DataSet load(String text) {
    return load(text, "y", null, null);
  }

  private DataSet load(
      String text, String target, @Nullable Task task, @Nullable Character delimiter) {
    write(text, StandardCharsets.UTF_8);
    return new CsvTable(file, target, task, delimiter).load();
  }

  private void refused(String text, String message) {
    refused(text, "y", null, message);
  }

  private void refused(String text, String target, @Nullable Task task, String message) {
    assertThatThrownBy(() -> load(text, target, task, null))
        .isInstanceOf(BadInput.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  private void refused(String text, Charset charset, String start) {
    write(text, charset);
    assertThatThrownBy(() -> new CsvTable(file, "y", null, null).load())
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(start.replace("FILE", file.toString()))
        .hasMessageNotContaining("\n");
  }

  private void write(String text, Charset charset) {
    try {
      Files.write(file, text.getBytes(charset));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
