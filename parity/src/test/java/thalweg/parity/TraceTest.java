package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/trace.md, compiled and run. */
class TraceTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "trace.md");

  @Test
  void itsJavaWalks(@TempDir Path folder) throws Exception {
    Matcher java = Pattern.compile("(?ms)^```java\n(.*?)^```$").matcher(Files.readString(PAGE));
    assertThat(java.find()).isTrue();
    Path source = Files.writeString(folder.resolve("Walks.java"), java.group(1));
    Path classes = folder.resolve("classes");
    Compiled.into(classes, "", List.of(source));
    assertThat(Compiled.run(classes, "Walks", folder))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("sgd: ");
  }
}
