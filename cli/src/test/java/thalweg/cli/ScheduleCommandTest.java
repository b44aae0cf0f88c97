package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCommandTest {
  @TempDir Path folder;

  private static List<List<Double>> values(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("schedule", "--json", "-"));
    all.addAll(List.of(arguments));
    JsonNode root = new ObjectMapper().readTree(Ran.thalweg(all.toArray(String[]::new)).output());
    assertThat(root.path("format").asText()).isEqualTo("schedules/1");
    List<List<Double>> values = new ArrayList<>();
    for (JsonNode schedule : root.path("schedules")) {
      List<Double> one = new ArrayList<>();
      schedule.path("values").forEach(value -> one.add(value.doubleValue()));
      values.add(one);
    }
    return values;
  }

  @Test
  void theNumbersStandInTheTable() {
    assertThat(Ran.thalweg("schedule", "exponential(base=8, gamma=0.5)", "--steps", "4").output())
        .contains(
            """
            update  rate
            ------  ----
                 1  8
                 2  4
                 3  2
                 4  1
            """)
        .startsWith("rate: exponential(base=8, gamma=0.5)\n")
        .contains("\n8 ┤", "└───", "update");
  }

  @Test
  void everyValueIsInTheJson() throws IOException {
    assertThat(values("exponential(base=8, gamma=0.5)", "step(2)", "--steps", "3"))
        .containsExactly(List.of(8.0, 4.0, 2.0), List.of(1.0, 1.0, 0.1));
  }

  @Test
  void withoutStepsItGoesToTheEndOfTheLongest() throws IOException {
    assertThat(values("warmup(3)", "one_cycle(max_lr=1, total_steps=7)").getFirst()).hasSize(7);
    assertThat(values("step(3)").getFirst()).hasSize(100);
    assertThat(values("warmup(3, per=epoch)", "--steps-per-epoch", "5").getFirst()).hasSize(15);
  }

  @Test
  void epochsNeedALength() throws IOException {
    assertThat(values("exponential(0.5, per=epoch)", "--steps", "5", "--steps-per-epoch", "2"))
        .containsExactly(List.of(1.0, 1.0, 0.5, 0.5, 0.25));
    assertThat(Ran.thalweg("schedule", "exponential(0.5, per=epoch)").refusal())
        .isEqualTo(
            "thalweg: exponential(gamma=0.5).per_epoch() counts epochs; say how many updates one"
                + " has with --steps-per-epoch");
  }

  @Test
  void aPlateauHearsTheMetrics() throws IOException {
    assertThat(
            values(
                "reduce_on_plateau(patience=0, factor=0.5)",
                "--steps",
                "5",
                "--metrics",
                "2,2,1,nan"))
        .containsExactly(List.of(1.0, 1.0, 0.5, 0.5, 0.25));
    Ran ran = Ran.thalweg("schedule", "reduce_on_plateau", "--steps", "3");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("no metric is reported; give some with --metrics");
  }

  @Test
  void metricsThatNothingWaitsForAreSaid() {
    Ran ran = Ran.thalweg("schedule", "step(step_size=2)", "--steps", "3", "--metrics", "1");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("the metrics change nothing; leave --metrics out");
  }

  @Test
  void anOptimizerShowsAllThatIsDriven() throws IOException {
    String spec = "adamw(lr=one_cycle(max_lr=0.1, total_steps=4), weight_decay=linear(base=1))";
    String text = Ran.thalweg("schedule", spec).output();
    assertThat(text).contains("lr: one_cycle(", "beta1: ", "weight_decay: linear(base=1)");
    assertThat(values(spec)).hasSize(3).allMatch(values -> values.size() == 4);
  }

  @Test
  void severalStandInOnePictureAndALegend() {
    assertThat(Ran.thalweg("schedule", "step(3)", "warmup(4)", "--steps", "50").output())
        .contains("● step(3)", "○ warmup(4)", "rate 1", "rate 2", "updates: evenly");
  }

  @Test
  void linesFitTerminalsOf80Columns() {
    assertThat(
            Ran.thalweg("schedule", "cyclic(base_lr=0.001, max_lr=0.1)", "--steps", "9999")
                .output()
                .lines())
        .allSatisfy(
            line -> assertThat(line).hasSizeLessThanOrEqualTo(80).isEqualTo(line.stripTrailing()));
  }

  @Test
  void thePageNeedsNothingElseAndEscapesItsTexts() throws IOException {
    Path page = folder.resolve("a.html");
    Path json = folder.resolve("a.json");
    assertThat(
            Ran.thalweg("schedule", "step(3)", "--out", page.toString(), "--json", json.toString())
                .output())
        .endsWith("\npage: " + page + "\n");
    assertThat(Files.readString(page))
        .contains("step(step_size=3)", "data-of=\"rate\"", "default-src 'none'")
        .doesNotContain("{{", "src=\"http");
    assertThat(new ObjectMapper().readTree(json.toFile()).path("steps").asInt()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "one_cycle(max_lr=1, total_steps=5)  | 9  | one_cycle(max_lr=1, total_steps=5) ends after 5"
            + " steps, and step 6 was asked for: make total_steps larger, or say what follows:"
            + " .then(...)",
        "step(3).until(4)                    | 9  | step(step_size=3).until(4) ends after 4 steps,"
            + " and step 5 was asked for: nothing follows it; add .then(...)",
        "cosine_annealing(T_max=4, eta_min=-1)| 9 | rate would be -0.7071067811865475 at update 4"
            + " by cosine_annealing(T_max=4, eta_min=-1); it must be in [0, inf)",
        "exponential(1e300)                  | 9  | rate would be inf at update 3 by"
            + " exponential(gamma=1e300); it must be in [0, inf)",
        "step(3)                             | 0  | --steps must be from 1 to 10000000, got 0",
        "sgd(lr=0.1)                         | 9  | 'sgd(lr=0.1)' has no schedule; give it one as"
            + " in sgd(lr=cosine_annealing(base=0.1, T_max=100))",
        "sgd(momentum=linear(base=2, start_factor=-1)) | 9 | 'sgd(momentum=linear(base=2,"
            + " start_factor=-1))', position 42: linear.start_factor must be in [0, inf), got -1.0",
        "cosine(3)                           | 9  | 'cosine(3)', position 1: no schedule is called"
            + " 'cosine'; did you mean cosine_annealing or cosine_annealing_warm_restarts?",
        "adma(lr=step(3))                    | 9  | 'adma(lr=step(3))', position 1: no optimizer or"
            + " transformation is called 'adma'; did you mean adam, adamw or adamax?",
      })
  void badInputIsOneLine(String spec, String steps, String message) {
    Ran ran = Ran.thalweg("schedule", spec, "--steps", steps);
    assertThat(ran.refusal()).isEqualTo("thalweg: " + message);
    assertThat(ran.exit()).isEqualTo(2);
  }

  @Test
  void aMetricThatIsNoNumberIsSaid() {
    assertThat(Ran.thalweg("schedule", "reduce_on_plateau", "--metrics", "1,x").refusal())
        .isEqualTo("thalweg: --metrics takes numbers with commas between, got 'x'");
  }
}
