package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places for results are the same in every command. */
class PlacesCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trace beale --out - | --out -: what is written there is a page",
        "compare iris --out - | --out -: what is written there is a page",
        "schedule step(3) --out - | --out -: what is written there is a page",
        "reproduce --out - | --out -: what is written there is a page",
        "compare iris --out a.txt | --out a.txt: what is written there is a page; give a file that"
            + " ends in .html",
        "schedule step(3) --out a.svg | --out a.svg: what is written there is a page",
        "reproduce --out html | --out html: what is written there is a page",
        "schedule step(3) --out a.html --json ./a.html | --json and --out both name a.html; give"
            + " two files",
        "trace beale --picture a.svg --out a.html --json a.svg | --json and --picture both name"
            + " a.svg",
        "trace beale --picture - | a still picture is an .svg or a .png file, got -",
        "trace beale --animation - | an animation is a .gif file, got -",
      })
  void whatAPlaceCannotBeIsSaidInOneLine(String arguments, String message) {
    assertThat(Ran.thalweg(arguments.strip().split(" ")).refusal()).contains(message.strip());
    assertThat(Path.of("-")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace beale --optimizers sgd --steps 2 --quiet",
        "schedule step(3) --steps 5",
        "memory --optimizer adam --parameters 1000",
      })
  void aDashIsStandardOutputForNumbersInsteadOfText(String arguments) throws Exception {
    String out = Ran.thalweg((arguments + " --json -").split(" ")).output();
    assertThat(out).endsWith("}\n");
    assertThat(new ObjectMapper().readTree(out).has("format")).isTrue();
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void aPageMayHaveAnyCaseOrBeADevice(@TempDir Path folder) {
    Path page = folder.resolve("A.HTML");
    assertThat(Ran.thalweg("schedule", "step(3)", "--out=" + page).output())
        .endsWith("\npage: " + page + "\n");
    assertThat(Files.exists(page)).isTrue();
    Ran.thalweg("schedule", "step(3)", "--out=/dev/null").output();
  }
}
