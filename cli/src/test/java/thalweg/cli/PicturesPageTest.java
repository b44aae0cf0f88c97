package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of docs/pictures.md are those that its commands draw. */
class PicturesPageTest {
  private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");

  /** The part of the animation without letters. */
  private static final Rectangle MAP = new Rectangle(86, 86, 440, 440);

  /** Of 255: other letters make a little other palette. */
  private static final int OF_THE_PALETTE = 40;

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
      // To the last letter: no font is asked, and every number is computed in double precision.
      assertThat(drawn).hasSameTextualContentAs(shown);
    } else {
      alike(GifFrames.of(drawn), GifFrames.of(shown));
    }
  }

  /** As alike as two systems with other fonts draw them. */
  private static void alike(List<BufferedImage> drawn, List<BufferedImage> shown) {
    assertThat(drawn).hasSameSizeAs(shown);
    for (int i = 0; i < drawn.size(); i++) {
      BufferedImage one = drawn.get(i);
      BufferedImage other = shown.get(i);
      assertThat(one.getWidth()).isEqualTo(other.getWidth());
      assertThat(one.getHeight()).isEqualTo(other.getHeight());
      int differ = 0;
      for (int y = 0; y < one.getHeight(); y++) {
        for (int x = 0; x < one.getWidth(); x++) {
          int error = error(one.getRGB(x, y), other.getRGB(x, y));
          differ += error > OF_THE_PALETTE ? 1 : 0;
          if (MAP.contains(x, y)) {
            assertThat(error).as("frame %d at %d, %d", i, x, y).isLessThan(OF_THE_PALETTE);
          }
        }
      }
      int all = one.getWidth() * one.getHeight();
      assertThat((double) differ / all).as("letters of frame %d", i).isLessThan(0.03);
    }
  }

  private static int error(int one, int other) {
    int error = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      error = Math.max(error, Math.abs((one >> shift & 255) - (other >> shift & 255)));
    }
    return error;
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
