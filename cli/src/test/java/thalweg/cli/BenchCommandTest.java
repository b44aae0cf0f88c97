package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

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

  @Test
  void everyFormatHasItsRowItsBytesAndItsLimit() throws Exception {
    Ran ran =
        Ran.thalweg(
            "bench",
            "--optimizer=adam",
            "--sizes=1K",
            "--rounds=1",
            "--states=fp32,bf16,8bit",
            "--precision=fp32,bf16-mixed",
            "--threads=1",
            "--quiet",
            "--json");
    List<String> contestants = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(ran.output()).get("rows")) {
      if (!row.get("contestant").textValue().startsWith("libtorch")) {
        contestants.add(
            row.get("contestant").textValue() + ": " + row.get("bytes_per_parameter").asText());
      }
      double bytes = row.get("bytes_per_parameter").doubleValue();
      double nanos = row.get("nanoseconds_per_parameter").doubleValue();
      assertThat(row.get("gigabytes_per_second").doubleValue())
          .isCloseTo(bytes / nanos, withinPercentage(0.01));
    }
    // 4 loads and 3 stores of 4 bytes: 28. Two states, read and written: 8 bytes in bf16, and
    // 4 · (1 + 4/256) in 8 bits, in place of 16. Mixed: gradient 2, master 8, shown 2: 12 as in
    // float32, so that the sums are the same
    assertThat(contestants)
        .containsExactly(
            "thalweg (vector): 28.0",
            "thalweg (vector), states in bf16: 20.0",
            "thalweg (vector), states in 8 bits: 16.0625",
            "thalweg (vector), bf16-mixed: 28.0",
            "thalweg (vector), bf16-mixed, states in bf16: 20.0",
            "thalweg (vector), bf16-mixed, states in 8 bits: 16.0625",
            "limit of the machine: 28.0",
            "limit of the machine, states in bf16: 20.0",
            "limit of the machine, states in 8 bits: 16.0625",
            "limit of the machine, bf16-mixed: 28.0",
            "limit of the machine, bf16-mixed, states in bf16: 20.0",
            "limit of the machine, bf16-mixed, states in 8 bits: 16.0625");
  }

  @Test
  void aFormatThatARuleCannotHaveIsSaid() {
    assertThat(
            Ran.thalweg(
                    "bench",
                    "--optimizer=centralize() | adam",
                    "--sizes=8*8",
                    "--states=8bit",
                    "--quiet")
                .refusal())
        .isEqualTo(
            "thalweg: centralize | adam: state 'adam/exp_avg' cannot be kept in blocks of 8 bits,"
                + " as its rule goes row by row; keep states in BFLOAT16 or FLOAT32");
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
        "--states=8bits | --states must be fp32, bf16 or 8bit, got '8bits'",
        "--precision=bf | no precision 'bf'; did you mean 'bf16-mixed' or 'bf16'?",
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
