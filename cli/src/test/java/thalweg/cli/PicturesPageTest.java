package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of docs/pictures.md are those that its commands draw. */
class PicturesPageTest {
  private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");
  private static final Pattern NUMBER = Pattern.compile("[−-]?[0-9.]+(?:e[−-]?[0-9]+)?");
  private static final Pattern TEXT = Pattern.compile(">([^<>]+)</text>");

  @TempDir private Path folder;

  static List<String> commands() throws IOException {
    try (Stream<String> lines = Files.lines(DOCS.resolve("pictures.md"))) {
      return lines.filter(line -> line.startsWith("./thalweg ")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandDrawsThePictureThatIsShown(String command) throws IOException {
    List<String> words = new ArrayList<>(Typed.words(command));
    Path shown = DOCS.resolve(words.getLast().replaceFirst("docs/", ""));
    Path drawn = folder.resolve(shown.getFileName());
    words.removeFirst();
    words.set(words.size() - 1, drawn.toString());
    words.add("--quiet");
    Ran.thalweg(words.toArray(String[]::new)).output();
    if (drawn.toString().endsWith(".svg")) {
      assertThat(texts(drawn)).isEqualTo(texts(shown));
    } else {
      assertThat(Files.size(drawn)).isBetween(Files.size(shown) / 2, Files.size(shown) * 2);
    }
  }

  /** All but the numbers, whose last digits are another machine's own. */
  private static List<String> texts(Path svg) throws IOException {
    return TEXT.matcher(Files.readString(svg))
        .results()
        .map(text -> NUMBER.matcher(text.group(1)).replaceAll("0"))
        .toList();
  }

  @Test
  void everyPictureIsShownOnceAndSmall() throws IOException {
    String page = Files.readString(DOCS.resolve("pictures.md"));
    long all = 0;
    try (Stream<Path> files = Files.list(DOCS.resolve("pictures"))) {
      for (Path file : files.toList()) {
        assertThat(page)
            .containsOnlyOnce("(pictures/%s)".formatted(file.getFileName()))
            .containsOnlyOnce("docs/pictures/%s\n".formatted(file.getFileName()));
        assertThat(Files.size(file)).as(file.toString()).isLessThan(300_000);
        all += Files.size(file);
      }
    }
    assertThat(all).isBetween(100_000L, 1_500_000L);
  }
}
