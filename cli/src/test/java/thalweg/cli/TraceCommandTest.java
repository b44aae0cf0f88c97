package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.surface.Surfaces;

class TraceCommandTest {
  @TempDir private Path folder;

  private static Ran trace(String... arguments) {
    List<String> all = new ArrayList<>(List.of("trace", "--quiet"));
    all.addAll(List.of(arguments));
    return Ran.thalweg(all.toArray(String[]::new));
  }

  private static JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "-"));
    return new ObjectMapper().readTree(trace(all.toArray(String[]::new)).output());
  }

  @Test
  void aTableSaysHowSoonAndHowCloseEachCame() {
    String table =
        trace("booth", "--optimizers", "sgd(lr=0.1);momentum(lr=1);adam(lr=0.001)").output();
    assertThat(table)
        .startsWith("booth: (x + 2*y - 7)^2 + (2*x + y - 5)^2\n200 steps from ")
        .containsPattern("(?m)^sgd +\\d+ +\\d+ +\\d+ .*$")
        .containsPattern("(?m)^momentum .* \\d+$") // left
        .containsPattern("(?m)^adam +- +- +- .*$");
  }

  @Test
  void theJsonHasEveryStepInFullPrecision() throws Exception {
    JsonNode trace =
        json("rosenbrock", "--optimizers", "adam(lr=0.1)", "--start", "0.5,-0.25", "--steps", "7");
    assertThat(trace.get("format").asText()).isEqualTo("trace/1");
    JsonNode walk = trace.get("walks").get(0);
    for (String column : List.of("x", "loss", "gradient_norm", "rate")) {
      assertThat(walk.get(column)).hasSize(8);
    }
    assertThat(walk.get("x").get(0).toString()).isEqualTo("[0.5,-0.25]");
    // m̂ = g, v̂ = g²: the first step of Adam is lr towards the sign, but for eps
    double slope = -2 * 0.5 - 400 * 0.5 * -0.5;
    assertThat(walk.get("x").get(1).get(0).doubleValue())
        .isEqualTo(0.5 - 0.1 * (slope / (slope + 1e-8)));
  }

  @Test
  void withoutOptimizersEightUsualOnesAreTuned() throws Exception {
    JsonNode trace = json("valley", "--steps", "30", "--budget", "5");
    assertThat(trace.get("walks")).hasSize(8);
    assertThat(trace.get("tunings")).hasSize(8);
    assertThat(trace.get("tunings").get(3).get("trials")).hasSize(5);
  }

  @Test
  void aSweepSaysWhatIsTooSmallRightAndTooLarge() throws Exception {
    String[] arguments = {"valley", "--optimizers", "sgd;adam", "--sweep", "lr=1e-4..10:11"};
    assertThat(trace(arguments).output())
        .contains("11 values of lr from 1e-4 to 10")
        .containsPattern("(?m)^sgd .*left at \\d+$");
    assertThat(json(arguments).get("format").asText()).isEqualTo("sweep/1");
  }

  @Test
  void anExpressionIsASurface() throws Exception {
    JsonNode trace =
        json("--expression", "x^2 + y^4", "--optimizers", "sgd(lr=0.5)", "--start", "1,0.5");
    assertThat(trace.get("walks").get(0).get("x").get(1).toString()).isEqualTo("[0.0,0.25]");
  }

  @Test
  void theHelpNamesEverySurface() {
    assertThat(Ran.thalweg("trace", "--help").output()).contains(Surfaces.names());
  }

  @Test
  void resultsGoToFilesBesideTheTable() throws Exception {
    Path file = folder.resolve("trace.json");
    String[] arguments = {"booth", "--optimizers", "sgd", "--steps", "3"};
    List<String> withFile = new ArrayList<>(List.of(arguments));
    withFile.addAll(List.of("--json", file.toString()));
    String text = trace(withFile.toArray(String[]::new)).output();
    assertThat(text).contains("sgd");
    assertThat(Files.readString(file).strip()).isEqualTo(json(arguments).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rosenbrok | rosenbrock",
        "rosenbrock --steps 0 | --steps must be at least 1, got 0",
        "rosenbrock --start 1 | start has 1 number, rosenbrock takes 2",
        "rosenbrock --start 1,99 | is outside of rosenbrock",
        "rosenbrock --start 1,b | 'b' is no number",
        "rosenbrock --optimizers adamm | adam",
        "rosenbrock --optimizers ; | no optimizer to trace",
        "rosenbrock --noise -1 | --noise is a standard deviation",
        "rosenbrock --noise nan | --noise is a standard deviation, 0 or more, such as 0.1, got"
            + " 'nan'",
        "rosenbrock --noise 1e999 | --noise is a standard deviation",
        "rosenbrock --start nan,1 | 'nan' is no number",
        "rosenbrock --start 1f,1 | '1f' is no number",
        "rosenbrock --steps 1e3 | '1e3' is no whole number",
        "--expression log(x) --start 0,1 | has no finite value and gradient at the start 0,1",
        "rosenbrock --out - | --out -: what is written there is a page; give a file that ends in"
            + " .html",
        "rosenbrock --out a.txt | --out a.txt: what is written there is a page",
        "rosenbrock --out a.html --json a.html | --json and --out both name a.html; give two files",
        "rosenbrock --optimizers sgd --sweep lrr=1..2 | unknown hyperparameter 'lrr'",
        "rosenbrock --optimizers sgd --sweep lr=2..1 | nothing lies between 2 and 1",
        "rosenbrock --optimizers sgd --budget 9 | --budget is the number of trials of --tune",
        "rosenbrock --tune --sweep lr=1..2 | nothing to --tune",
        "rosenbrock --expression x+y | two surfaces",
        "rosenbrock --box -2,2 | --box is for an --expression",
        "--steps 3 | no surface",
        "--expression x+*y | character 3",
        "rosenbrock --json /nowhere/at/all.json | /nowhere/at",
      })
  void badInputIsSaidInOneLine(String arguments, String message) {
    assertThat(trace(arguments.strip().split(" ")).refusal()).contains(message.strip());
  }
}
