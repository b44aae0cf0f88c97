package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracePicturesTest {
  @TempDir private Path folder;

  private static Ran trace(String... more) {
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {"trace", "booth", "--quiet", "--optimizers", "sgd(lr=0.1);adam", "--steps=5"},
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Ran.thalweg(arguments);
  }

  @Test
  void aStillAndAnAnimationAreWrittenBesideTheTable() throws IOException {
    Path still = folder.resolve("walks.svg");
    Path animation = folder.resolve("walks.gif");
    Ran ran =
        trace(
            "--picture",
            still.toString(),
            "--animation",
            animation.toString(),
            "--view",
            "3d,loss",
            "--dark");
    assertThat(ran.output())
        .startsWith("booth: ")
        .endsWith("\npicture: %s\nanimation: %s\n".formatted(still, animation));
    assertThat(Files.readString(still)).startsWith("<svg ").contains("#14171a", "step</text>");
    assertThat(new String(Files.readAllBytes(animation), 0, 6, "US-ASCII")).isEqualTo("GIF89a");
  }

  @Test
  void jsonStaysAloneOnStandardOutput() {
    Ran ran = trace("--picture", folder.resolve("p.png").toString(), "--json", "-");
    assertThat(ran.output()).startsWith("{").endsWith("}\n").doesNotContain("picture:");
    assertThat(folder.resolve("p.png")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --picture=a.gif              | a still picture is an .svg or a .png file, got a.gif
          --animation=a.webm           | an animation is a .gif file, got a.webm
          --picture=no/a.svg           | no/a.svg
          --view=map                   | --view is about --picture and --animation
          --dark                       | --dark is about --picture and --animation
          --picture=a.svg --view=front | there is no view 'front'; views are map, 3d, loss
          --picture=a.svg --sweep=lr=1..2 | show one trace; leave --sweep out
          """)
  void whatCannotBeDrawnIsSaidInOneLine(String options, String message) {
    assertThat(trace(options.split(" ")).refusal()).contains(message);
    assertThat(Path.of("a.svg")).doesNotExist();
  }
}
