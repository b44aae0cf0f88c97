package thalweg.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {
  @TempDir Path folder;

  @Test
  void writesAndReplacesAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("a.json");
    SafeFile.write(file, bytes("first, a longer text"));
    SafeFile.write(file, bytes("second"));
    assertThat(file).hasContent("second");
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    SafeFile.write(link, bytes("new"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void aDeviceStaysADevice() {
    SafeFile.write(Path.of("/dev/null"), bytes("gone"));
    assertThat(Path.of("/dev/null")).satisfies(p -> assertThat(Files.isRegularFile(p)).isFalse());
  }

  /** /dev/full refuses every byte, as a full disk does. */
  @Test
  void aFullDiskIsOneLine() {
    assertThatThrownBy(() -> SafeFile.write(Path.of("/dev/full"), bytes("gone")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("cannot write /dev/full: No space left on device")
        .hasMessageNotContaining("\n");
  }

  /** A file cannot have the folder's longest name and a longer one beside it: the writing fails. */
  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("x".repeat(255)), "old");
    assertThatThrownBy(() -> SafeFile.write(file, bytes("new")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("what was there before is unchanged");
    assertThat(file).hasContent("old");
    assertThat(names()).hasSize(1);
  }

  @Test
  void aFolderAndAMissingFolderAreRefusedBeforeAnyWork() {
    assertThatThrownBy(() -> SafeFile.check(folder))
        .hasMessage("cannot write %s: it is a folder; give a file name", folder);
    assertThatThrownBy(() -> SafeFile.check(folder.resolve("no/x.json")))
        .hasMessage(
            "cannot write %s: the folder %s does not exist; create it or choose another place",
            folder.resolve("no/x.json"), folder.resolve("no"));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList().stream();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
