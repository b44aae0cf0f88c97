package thalweg.lab.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.EasyFirst;
import thalweg.lab.data.Prepared;
import thalweg.torch.Form;
import thalweg.torch.Targets;

class LibsvmFileTest {
  @TempDir Path folder;
  private Path file = Path.of("set before each test");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("t.svm");
  }

  @Test
  void aRowIsItsPlacesAndThenItsValues() throws IOException {
    write("# a comment\n+1 2:0.5 7:-2e1\n\n-1 1:3 # another\n0\n");
    LibsvmFile read = LibsvmFile.read(file);
    assertThat(read.form()).isEqualTo(new Form.Sparse(2, 7));
    assertThat(read.labels()).containsExactly(1, -1, 0);
    assertThat(read.features().toArray()).containsExactly(1, 6, 0.5f, -20, 0, 0, 3, 0, 0, 0, 0, 0);
  }

  @Test
  void aPackedFileIsTheSame() throws IOException {
    write("1 2:0.5\n2 1:3\n");
    float[] plain = LibsvmFile.read(file).features().toArray();
    byte[] bytes = Files.readAllBytes(file);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    assertThat(LibsvmFile.read(file).features().toArray()).isEqualTo(plain);
  }

  @Test
  void fewWholeLabelsAreClassesInTheirOrder() throws IOException {
    write(rows(i -> (i % 2 == 0 ? "+1" : "-1") + " 1:" + i));
    Prepared signs = request().prepare();
    assertThat(signs.classes()).containsExactly("-1", "1");
    assertThat(signs.form()).isEqualTo(new Form.Sparse(1, 1));
    assertThat(signs.train().rows()).isEqualTo(16);
    assertThat(signs.notes().getFirst())
        .isEqualTo(
            "labels hold 2 different numbers, taken as classification (--task regression for the"
                + " other)");
    assertThat(signs.classWeights()).containsExactly(1, 1);
  }

  @Test
  void otherLabelsAreStandardizedByTheTrainingPart() throws IOException {
    write(rows(i -> i + ".5 1:1"));
    Prepared values = request().prepare();
    double mean = 0;
    for (float value : ((Targets.Values) values.train().targets()).values()) {
      mean += value;
    }
    assertThat(mean).isCloseTo(0, within(1e-5));
    assertThat(values.classes()).isEmpty();
    assertThat(values.notes()).anyMatch(note -> note.startsWith("labels standardized"));
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() throws IOException {
    refused("1 1:1\n1 2\n", "FILE:2: '2' is not index:value; correct the line");
    refused("1 0:1\n", "FILE:1: index 0 is not in [1, 16777216]; libsvm counts from 1");
    refused("1 x:1\n", "FILE:1: index 'x' is no whole number up to 16777216");
    refused("1 3:1 2:1\n", "FILE:1: index 2 comes after 3; indices must rise within a line");
    refused("1 3:1 3:1\n", "FILE:1: index 3 comes after 3; indices must rise");
    refused("1 3:NaN\n", "FILE:1: a value must be finite and within float32 (3.4e38), got NaN");
    refused("1 3:a\n", "FILE:1: a value must be a number, got 'a'");
    refused("x,y\n1,2\n", "FILE:1: the label must be a number, got 'x,y'");
    refused("", "FILE has no rows; a line is such as '1 3:0.5 7:2'");
    refused("1\n2\n", "FILE has labels only; add index:value after them");
    refused("1 1:1\n1 1:2\n", "FILE: the label is 1 in every row, there is nothing to predict");
    refused("\u0000\u0001", "FILE is not in libsvm format: it looks like binary data");
    assertThatThrownBy(() -> DataRequest.named("libsvm").path(folder.resolve("no")).prepare())
        .hasMessage("cannot read %s: there is no such file; check the path", folder.resolve("no"));
  }

  @Test
  void placesHaveNoDistance() throws IOException {
    write(rows(i -> i % 2 + " 1:" + i));
    assertThatThrownBy(() -> request().easyFirst(EasyFirst.parse("distance")).prepare())
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("is sparse; leave it out");
  }

  private void refused(String text, String start) throws IOException {
    write(text);
    assertThatThrownBy(() -> request().prepare())
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(start.replace("FILE", file.toString()));
  }

  private static String rows(IntFunction<String> row) {
    return IntStream.range(0, 20).mapToObj(row).collect(Collectors.joining("\n"));
  }

  private DataRequest request() {
    return DataRequest.named("libsvm").path(file);
  }

  private void write(String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
