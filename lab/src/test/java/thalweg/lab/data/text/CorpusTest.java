package thalweg.lab.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.Prepared;
import thalweg.torch.Form;
import thalweg.torch.Targets;

class CorpusTest {
  @TempDir Path folder;

  @Test
  void windowsLieSideBySideAndAskForTheNextCharacter() throws IOException {
    Prepared text =
        request("abcdefghij".repeat(10)).validation(0.2).test(0.2).textLength(4).prepare();
    assertThat(text.form()).isEqualTo(new Form.Text(4, 11));
    assertThat(text.classes()).startsWith("a", "b").endsWith("j", Characters.OTHER);
    assertThat(text.train().rows()).isEqualTo(14);
    assertThat(text.train().features().toArray()).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
    Targets.Tokens next = (Targets.Tokens) text.train().targets();
    assertThat(next.labels().at(0, 0)).isEqualTo(1);
    assertThat(next.labels().at(0, 3)).isEqualTo(4);
    assertThat(next.labels().at(2, 1)).isEqualTo(0);
  }

  @Test
  void partsAreContiguousAndWhatTrainingNeverSawIsOther() throws IOException {
    Corpus corpus =
        Corpus.read(
            file("a".repeat(60) + "ab".repeat(10) + "\uD83D\uDE00".repeat(20)), 0, 0.2, 0.2);
    assertThat(corpus.length()).isEqualTo(100);
    assertThat(corpus.train().length()).isEqualTo(60);
    assertThat(corpus.characters().known()).containsExactly('a');
    assertThat(corpus.validation().at(0)).isZero();
    assertThat(corpus.validation().at(1)).isEqualTo(corpus.characters().other());
    assertThat(corpus.test().at(19)).isEqualTo(corpus.characters().other());
  }

  @Test
  void aLimitOfBytesNeverCutsACharacter() throws IOException {
    Path file = file("\u20AC".repeat(100));
    assertThat(Corpus.read(file, 10, 0.2, 0).length()).isEqualTo(4);
    assertThat(Corpus.read(file, 9, 0.2, 0).length()).isEqualTo(3);
  }

  @Test
  void aZipIsItsJavaFilesInOrder() throws IOException {
    Path zip = folder.resolve("src.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : new String[] {"b.java", "notes.txt", "a.java"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.substring(0, 1).repeat(5).getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    Corpus corpus = Corpus.read(zip, 0, 0.2, 0);
    assertThat(corpus.characters().names()).containsExactly("b", "a", Characters.OTHER);
    assertThat(corpus.length()).isEqualTo(10);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    refused("", "FILE is empty; give a text");
    refused("short", "FILE has 5 characters, 5 to train, 0 to validate and 0 to test; each part");
    refused("\u0000\u0001binary", "FILE is not a text: it looks like binary data");
    refused("\u0089PNG\r\n\u001a", "FILE is not a text: it looks like a PNG image");
    refused("caf\u00e9 ".repeat(1000), "FILE: not UTF-8 text; save the file as UTF-8");
    assertThatThrownBy(() -> DataRequest.named("text").path(folder).prepare())
        .hasMessage("cannot read %s: it is a folder; give a text file", folder);
    assertThatThrownBy(() -> DataRequest.named("text").path(folder.resolve("no")).prepare())
        .hasMessageContaining("there is no such file");
  }

  private void refused(String latin, String start) throws IOException {
    Path file = folder.resolve("refused.txt");
    Files.write(file, latin.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DataRequest.named("text").path(file).prepare())
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(start.replace("FILE", file.toString()));
  }

  private DataRequest request(String text) throws IOException {
    return DataRequest.named("text").path(file(text));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.txt"), text);
  }
}
