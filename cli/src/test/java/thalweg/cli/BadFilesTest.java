package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be trained on: one line and exit code 2, and no folder of a run. */
class BadFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.createDirectory(folder.resolve("dir"));
    write("empty", "");
    write("head.csv", "a,y\n");
    write("table.csv", "a,y\n" + "1,2\n3,5\n".repeat(20));
    write("picture", "\u0089PNG\r\n\032\n\0\0");
    write("zero.svm", "1 1:2\n2 0:1\n");
    write("inf.svm", "1 1:2\n2 2:inf\n");
    write("book.txt", "so it goes. ".repeat(50));
    write("cut.safetensors", "\b\0\0\0\0\0\0\0{}");
  }

  private void write(String name, String text) throws Exception {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--csv=F/dir --target=y | cannot read F/dir: it is a folder; give a CSV file",
        "--csv=F/empty --target=y | cannot read F/empty: it is empty; it needs a header line and"
            + " rows",
        "--csv=F/head.csv --target=y | F/head.csv has a header but no rows; add some",
        "--csv=F/picture --target=y | F/picture: not UTF-8 text",
        "--csv=F/table.csv --target=y --batch=33 | --batch: batch is 33, there are 32 training"
            + " samples; give a smaller batch or full",
        "--csv=F/table.csv --target=y --model=lstm | data 'table.csv': lstm needs",
        "--text=F/dir | cannot read F/dir: it is a folder; give a text file",
        "--text=F/empty | F/empty is empty; give a text",
        "--text=F/picture | F/picture is not a text: it looks like",
        "--text=F/book.txt --text-length=2147483647 | F/book.txt has 600 characters, 540 to train,"
            + " 30 to validate and 30 to test; each part needs 2147483648: give a longer text",
        "--libsvm=F/empty | F/empty has no rows",
        "--libsvm=F/picture | F/picture is not in libsvm format: it looks like",
        "--libsvm=F/table.csv | F/table.csv:1: the label must be a number, got 'a,y'",
        "--libsvm=F/zero.svm | F/zero.svm:2: index 0 is not in [1, 16777216]",
        "--libsvm=F/inf.svm | F/inf.svm:2: a value must be a number, got 'inf'",
        "--data=mnist --data-dir=F/empty | F/empty is a file; give the folder it lies in as"
            + " --data-dir",
        "--data=idx --data-dir=F/dir | F/dir has no train-images-idx3-ubyte",
        "--data=cifar10 --data-dir=F/none | cannot read F/none: there is no such folder",
        "--data=iris --from=F/dir | --from: cannot read F/dir: it is a folder",
        "--data=iris --from=F/empty | --from: F/empty is empty",
        "--data=iris --from=F/table.csv | --from: F/table.csv is no safetensors file",
        "--data=iris --from=F/cut.safetensors | --from: F/cut.safetensors ",
      })
  void areSaidInOneLine(String options, String start) {
    Ran ran = train("--run=F/run " + options);
    assertThat(ran.err()).startsWith("thalweg: " + here(start)).doesNotContain("\tat ");
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--run=F/empty/run | cannot write F/empty/run: F/empty is a file, not a folder; choose",
        "--run=F/empty     | --run F/empty is a file; give a folder",
        "--run=F/run --json=F/dir | cannot write F/dir: it is a folder; give a file name",
        "--run=F/run --json=F/none/x | cannot write F/none/x: the folder F/none does not exist",
      })
  void placesThatCannotBeWrittenAreSaidInOneLine(String options, String start) {
    Ran ran = train("--data=iris " + options);
    assertThat(ran.err()).startsWith("thalweg: " + here(start)).doesNotContain("\tat ");
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.exit()).isEqualTo(2);
  }

  private Ran train(String options) {
    return Ran.thalweg(here("train --quiet " + options).split(" "));
  }

  private String here(String text) {
    return text.replace("F/", folder + "/");
  }
}
