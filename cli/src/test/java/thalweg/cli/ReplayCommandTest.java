package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
  /** Two steps of plain gradient descent, worked out by hand: 1 - 0.5 · 2 = 0, 0 - 0.5 · (-1). */
  private static final String GOOD =
      """
      {"format": "trajectory/1", "optimizer": "sgd", "hyperparameters": {"lr": 0.5},
       "source": "by hand", "parameters": {"w": {"shape": [1, 2], "values": [1, -2]}},
       "steps": 2, "gradients": {"w": [[2, 0], [-1, 4]]},
       "expected": {"at": [1, 2], "values": {"w": [[0, -2], [0.5, -4]]}}}
      """;

  @TempDir Path folder;

  @Test
  void aRightFilePassesOnEveryBackendWithALineEach() throws IOException {
    Path file = write("good.json", GOOD);
    assertThat(Ran.thalweg("replay", file.toString()).output().lines())
        .containsExactly(
            "PASS " + file + " reference 0.0e+00",
            "PASS " + file + " block 0.0e+00",
            "PASS " + file + " vector 0.0e+00");
  }

  @ParameterizedTest
  @CsvSource({"reference", "block", "vector"})
  void oneBackendCanBeChosen(String backend) throws IOException {
    Path file = write("good.json", GOOD);
    assertThat(Ran.thalweg("replay", file.toString(), "--backend", backend).output())
        .isEqualTo("PASS " + file + " " + backend + " 0.0e+00\n");
  }

  @Test
  void anAlteredNumberFailsAndSaysWhere() throws IOException {
    Path file = write("altered.json", GOOD.replace("[0.5, -4]", "[0.5, -4.001]"));
    Ran ran = Ran.thalweg("replay", file.toString(), "--backend", "reference");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .isEqualTo("FAIL " + file + " reference 1.0e-03 (at most 1e-10) at step 2 of w\n");
  }

  @Test
  void theToleranceIsTightInDoublePrecisionAndRelativeInFloat32() throws IOException {
    Path file = write("altered.json", GOOD.replace("-4]", "-4.00001]"));
    Ran ran = Ran.thalweg("replay", file.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out().lines().map(line -> line.substring(0, 4)))
        .containsExactly("FAIL", "PASS", "PASS");
    Path further = write("further.json", GOOD.replace("-4]", "-4.00003]"));
    assertThat(Ran.thalweg("replay", further.toString()).out().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("FAIL "));
  }

  @Test
  void badFilesAreSaidOneByOneAndTheOthersAreStillWalked() throws IOException {
    Path good = write("good.json", GOOD);
    Path cut = write("cut.json", GOOD.substring(0, 100));
    Path absent = folder.resolve("absent.json");
    Ran ran =
        Ran.thalweg(
            "replay",
            absent.toString(),
            cut.toString(),
            good.toString(),
            folder.toString(),
            "--backend=block");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEqualTo("PASS " + good + " block 0.0e+00\n");
    List<String> errors = ran.err().lines().toList();
    assertThat(errors).hasSize(3).allMatch(line -> line.startsWith("thalweg: "));
    assertThat(errors.get(0)).contains("absent.json does not exist");
    assertThat(errors.get(1)).contains("cut.json is not JSON");
    assertThat(errors.get(2)).contains(folder + " is a folder");
  }

  @Test
  void aBadFileOutweighsADifference() throws IOException {
    Path altered = write("altered.json", GOOD.replace("-4]", "-5]"));
    Path absent = folder.resolve("absent.json");
    assertThat(Ran.thalweg("replay", absent.toString(), altered.toString()).exit()).isEqualTo(2);
    assertThat(Ran.thalweg("replay", altered.toString(), absent.toString()).exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "trajectory/1          | schedule/2      | format must be trajectory/1 or schedule/1, got"
            + " 'schedule/2'",
        "\"format\"            | \"form\"        | format must be a text, got nothing",
        "\"gradients\"         | \"gradient\"    | gradients.w must have 2 arrays, got nothing",
        "[[2, 0], [-1, 4]]     | [[2, 0]]        | gradients.w must have 2 arrays, got 1",
        "[[2, 0], [-1, 4]]     | [[2], [-1, 4]]  | gradients.w[0] must have 2 numbers, got 1",
        "[[2, 0],              | [[2, true],     | gradients.w[0][1] must be a number, got true",
        "[[2, 0],              | [[2, NaN],      | gradients.w[0][1] must be a number, got \"NaN\"",
        "\"at\": [1, 2]        | \"at\": [2, 1]  | expected.at must rise, got [2, 1]",
        "\"at\": [1, 2]        | \"at\": [1, 3]  | expected.at has step 3.0, there are 1 to 2",
        "[[0, -2], [0.5, -4]]  | [[0, -2]]       | expected.values.w must have 2 arrays, got 1",
        "\"shape\": [1, 2]     | \"shape\": [2, 2] | shape holds 4 elements, there are 2 values",
        "\"shape\": [1, 2]     | \"shape\": [4294967296, 4294967296] | there are 2 values",
        "\"shape\": [1, 2]     | \"shape\": [-1, -2] | parameters.w.shape has size -1.0",
        "\"steps\": 2          | \"steps\": -2   | steps must be a whole number, got -2",
        "\"sgd\"               | \"sgdd\"        | did you mean sgd or asgd?",
        "{\"lr\": 0.5}         | {\"rl\": 0.5}   | sgd has no hyperparameter 'rl'; did you mean"
            + " lr?",
        "{\"lr\": 0.5}         | {\"lr\": -0.5}  | sgd.lr must be in [0, inf), got -0.5",
        "{\"lr\": 0.5}         | {\"lr\": {}}    | hyperparameters.lr must be a number, true,"
            + " false",
        "\"sgd\"               | \"negate\"      | optimizer 'negate'",
        "-4]]}}}               | -4]]}}} x       | is not JSON",
      })
  void aWrongFileSaysThePlaceAndWhatIsThere(String from, String to, String part)
      throws IOException {
    assertThat(GOOD).contains(from);
    Path file = write("wrong.json", GOOD.replace(from, to));
    assertThat(Ran.thalweg("replay", file.toString()).refusal())
        .startsWith("thalweg: " + file)
        .contains(part);
  }

  @Test
  void jsonInsteadOfLinesIsPureJsonWithEveryStepInFullPrecision() throws IOException {
    Path file = write("good.json", GOOD);
    for (String output :
        List.of(
            Ran.thalweg("replay", "--json", file.toString()).output(),
            Ran.thalweg("replay", file.toString(), "--json").output())) {
      JsonNode root = new ObjectMapper().readTree(output);
      assertThat(root.get("format").textValue()).isEqualTo("replay/1");
      assertThat(root.get("replays")).hasSize(3);
      JsonNode walk = root.get("replays").get(0);
      assertThat(walk.get("file").textValue()).isEqualTo(file.toString());
      assertThat(walk.get("optimizer").textValue()).isEqualTo("sgd(lr=0.5)");
      assertThat(walk.get("backend").textValue()).isEqualTo("reference");
      assertThat(walk.get("pass").booleanValue()).isTrue();
      assertThat(walk.get("path").get("w").toString()).isEqualTo("[[0.0,-2.0],[0.5,-4.0]]");
    }
  }

  @Test
  void jsonToAFileKeepsTheLines() throws IOException {
    Path file = write("good.json", GOOD);
    Path json = folder.resolve("walk.json");
    Ran ran = Ran.thalweg("replay", "--json=" + json, file.toString(), "--backend=block");
    assertThat(ran.output()).isEqualTo("PASS " + file + " block 0.0e+00\n");
    assertThat(new ObjectMapper().readTree(Files.readString(json)).get("replays")).hasSize(1);
  }

  @Test
  void theWalkNeverReplacesARecording() throws IOException {
    Path file = write("good.json", GOOD);
    assertThat(Ran.thalweg("replay", "--json=" + file, file.toString()).refusal())
        .contains("is one of the files to walk");
    assertThat(file).hasContent(GOOD);
  }

  @Test
  void aPlaceForJsonThatCannotBeIsSaidBeforeTheWalk() throws IOException {
    Path file = write("good.json", GOOD);
    assertThat(Ran.thalweg("replay", "--json=" + folder, file.toString()).refusal())
        .contains("it is a folder");
  }

  @Test
  void anUnknownBackendOffersTheNearest() throws IOException {
    Path file = write("good.json", GOOD);
    assertThat(Ran.thalweg("replay", file.toString(), "--backend", "vectro").refusal())
        .isEqualTo("thalweg: unknown backend 'vectro': did you mean 'vector'?");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
