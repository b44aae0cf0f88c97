package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @Test
  void aSmallBenchMeasuresOursTheOthersAndTheLimit() throws Exception {
    Ran ran =
        Ran.thalweg(
            "bench",
            "--sizes",
            "1K, 3x100",
            "--rounds",
            "1",
            "--threads",
            "1",
            "--quiet",
            "--json");
    JsonNode root = new ObjectMapper().readTree(ran.output());
    assertThat(root.get("format").textValue()).isEqualTo("bench/1");
    assertThat(root.get("optimizer").textValue()).isEqualTo("adamw");
    assertThat(root.get("bytes_per_parameter").intValue()).isEqualTo(28);
    List<String> contestants = new ArrayList<>();
    for (JsonNode row : root.get("rows")) {
      contestants.add(row.get("parameters") + " " + row.get("contestant").textValue());
      assertThat(row.get("milliseconds").doubleValue()).isPositive();
      assertThat(row.get("gigabytes_per_second").doubleValue()).isPositive();
      assertThat(row.get("ratio").doubleValue()).isPositive();
    }
    assertThat(contestants).hasSize(8);
    assertThat(contestants.get(0)).isEqualTo("1024 thalweg (vector)");
    assertThat(contestants.get(3)).isEqualTo("1024 limit of the machine");
    assertThat(contestants.get(4)).isEqualTo("300 thalweg (vector)");
    assertThat(root.get("rows").get(0).get("ratio").doubleValue()).isEqualTo(1);
  }

  @Test
  void aRuleThatLibtorchLacksIsMeasuredAgainstTheLimit() {
    assertThat(
            Ran.thalweg(
                    "bench",
                    "--optimizer=clip_by_global_norm(1.0) | adamw",
                    "--sizes=1K",
                    "--rounds=1",
                    "--quiet")
                .output())
        .startsWith("clip_by_global_norm(1) | adamw, ")
        .contains("thalweg (vector)", "limit of the machine")
        .doesNotContain("libtorch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sizes=64KB   | size must be a number of parameters such as 64K, 1M, 200x2K or 4K*4K, got"
            + " '64KB'",
        "--sizes=1K,,2K | size must be a number of parameters such as 64K, 1M, 200x2K or 4K*4K, got"
            + " ''",
        "--sizes=0      | size must be between 1 and 1024M parameters, got '0'",
        "--sizes=0x5    | size must be between 1 and 1024M parameters, got '0x5'",
        "--sizes=2000M  | size must be between 1 and 1024M parameters, got '2000M'",
        "--sizes=65536x268435456M | size must be between 1 and 1024M parameters, got"
            + " '65536x268435456M'",
        "--rounds=0     | --rounds must be at least 1, got 0",
      })
  void badSizesAndRoundsAreSaid(String option, String line) {
    assertThat(Ran.thalweg("bench", option).refusal()).isEqualTo("thalweg: " + line);
  }

  @Test
  void aRuleThatNeedsTermsIsNotTimed() {
    assertThat(Ran.thalweg("bench", "--optimizer=saga(terms=3)").refusal())
        .isEqualTo(
            "thalweg: 'saga(terms=3)' needs to know single terms of a loss, and there is none here"
                + " to time; give another optimizer");
  }
}
