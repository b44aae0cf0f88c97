package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java source is as google-java-format writes it. With the system property {@code
 * thalweg.format=write} it rewrites the sources that are not, instead of failing.
 */
class FormatTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  @Test
  void everySourceIsFormatted() throws IOException {
    List<Path> sources = sources();
    assertThat(sources)
        .as("sources under " + ROOT)
        .contains(ROOT.resolve("parity/src/test/java/thalweg/parity/FormatTest.java"));
    boolean write = "write".equals(System.getProperty("thalweg.format"));
    var formatter = new Formatter();
    var differing = new ArrayList<String>();
    for (Path source : sources) {
      String text = Files.readString(source);
      String formatted;
      try {
        formatted = formatter.formatSourceAndFixImports(text);
      } catch (FormatterException e) {
        differing.add(ROOT.relativize(source) + " cannot be read: " + e.getMessage());
        continue;
      }
      if (formatted.equals(text)) {
        continue;
      }
      if (write) {
        Files.writeString(source, formatted);
      } else {
        differing.add(ROOT.relativize(source).toString());
      }
    }
    assertThat(differing).as("not formatted; CONTRIBUTING.md has the command that does").isEmpty();
  }

  /** All Java files under {@code <module>/src}. */
  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(ROOT, m -> Files.exists(m.resolve("pom.xml")))) {
      for (Path module : modules) {
        if (Files.isDirectory(module.resolve("src"))) {
          try (var files = Files.walk(module.resolve("src"))) {
            files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }
}
