package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.text.NumberText;

/**
 * docs/surfaces.md says what the records say; with the system property {@code
 * thalweg.approve=write} its table is written instead.
 */
class SurfacesPageTest {
  private static final Path PAGE = Path.of("../docs/surfaces.md");
  private static final String START = "<!-- surfaces -->\n";
  private static final String END = "<!-- end of surfaces -->";

  @Test
  void theTableHasEverySurfaceAsItIs() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(START) + START.length();
    int to = page.indexOf(END);
    String table =
        Surfaces.names().stream()
            .map(SurfacesPageTest::row)
            .collect(
                Collectors.joining(
                    "",
                    "| name, arguments | formula | box | minima | start |\n|---|---|---|---|---|\n",
                    ""));
    if ("write".equals(System.getProperty("thalweg.approve"))) {
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to)).isEqualTo(table);
  }

  @Test
  void ofEverySurfaceItSaysWhatToSee() throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .filteredOn(line -> line.startsWith("- `"))
        .extracting(line -> line.split("`")[1])
        .containsExactlyElementsOf(Surfaces.names());
  }

  @Test
  void everyFunctionIsNamed() throws IOException {
    String page = Files.readString(PAGE);
    for (Function function : Function.values()) {
      assertThat(page).containsPattern("`[^`\n]*\\b" + function.text() + "\\b");
    }
  }

  private static String row(String name) {
    Surface surface = Surfaces.parse(name);
    String arguments =
        Hyperparameters.of(Objects.requireNonNull(Surfaces.SPECS.kinds().get(name))).list().stream()
            .map(argument ->
                ", `%s=%s` in %s".formatted(argument.name(), argument.standard(), argument.range()))
            .collect(Collectors.joining());
    String minima =
        surface.minima().stream()
            .map(m -> "%s at %s".formatted(NumberText.of(m.value()), place(m.at())))
            .collect(Collectors.joining("; "));
    return "| `%s`%s | `%s` | `%s` | %s | %s |\n"
        .formatted(
            name,
            arguments,
            surface.formula(),
            surface.box().text(),
            minima.isEmpty() ? "–" : minima,
            place(surface.start()));
  }

  private static String place(List<Double> at) {
    return at.stream().map(NumberText::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
