package thalweg.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that somebody has read and found right. A test compares exactly; with {@code
 * -Dthalweg.approve=write} it writes what it got instead, to be read again.
 */
final class Approved {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "thalweg", "print", "approved");

  private Approved() {}

  static void check(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name + ".txt");
    if ("write".equals(System.getProperty("thalweg.approve"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, actual);
    }
    assertThat(file).as("approve it with -Dthalweg.approve=write").exists();
    assertThat(file).hasContent(actual);
    assertThat(actual).as(file + ", line breaks").isEqualTo(Files.readString(file));
  }
}
