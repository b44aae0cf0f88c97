package thalweg.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.account.Zero;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

class MemoryTextTest {
  private static MemoryQuestion question(
      String parameters, String precision, String states, Zero zero, String... specs) {
    return new MemoryQuestion(
        Arrays.stream(specs).map(Specs::parseOptimizer).toList(),
        Trained.parse(parameters),
        MemoryQuestion.precision(precision, states),
        zero);
  }

  @Test
  void theKnownAccountIsATableAndBars() {
    assertThat(MemoryText.of(question("1M", "bf16-mixed", "fp32", Zero.NONE, "adam"), false))
        .isEqualTo(
            """
            adam over 1 000 000 parameters; bf16-mixed

            part              type  bytes/parameter      bytes
            ----------------  ----  ---------------  ---------
            parameters        bf16                2   1.91 MiB
            gradients         bf16                2   1.91 MiB
            master copies     fp32                4   3.81 MiB
            exp_avg           fp32                4   3.81 MiB
            exp_avg_sq        fp32                4   3.81 MiB
            in all                               16  15.26 MiB
            of the optimizer                     12  11.44 MiB

            parameters     ████████████████████████ 1.91 MiB
            gradients      ████████████████████████ 1.91 MiB
            master copies  ████████████████████████████████████████████████ 3.81 MiB
            exp_avg        ████████████████████████████████████████████████ 3.81 MiB
            exp_avg_sq     ████████████████████████████████████████████████ 3.81 MiB
            """);
  }

  @Test
  void sgdHoldsNothing() {
    assertThat(MemoryText.of(question("1K", "fp32", "fp32", Zero.NONE, "sgd"), false))
        .contains("of the optimizer                      0       0 B\n");
  }

  @Test
  void aRankHasAColumnOfItsOwnAndTheBars() {
    // 4 ranks: states 4 MB / 4 each, gradients divided, parameters whole
    String text = MemoryText.of(question("1M", "fp32", "fp32", new Zero(2, 4), "adam"), false);
    assertThat(text)
        .contains("fp32; ZeRO stage 2 on 4 ranks\n")
        .contains("parameters        fp32                4   3.81 MiB      3.81 MiB\n")
        .contains("gradients         fp32                4   3.81 MiB    976.56 KiB\n")
        .contains("\nOn each rank:\n\n")
        .contains("\nparameters  " + "█".repeat(48) + " 3.81 MiB\n")
        .contains("\ngradients   " + "█".repeat(12) + " 976.56 KiB\n");
  }

  @Test
  void severalOptimizersStandSideBySideToOneScale() {
    assertThat(
            MemoryText.of(
                question("4096x4096,4096", "fp32", "fp32", Zero.NONE, "sgd", "adam", "nag"), false))
        .isEqualTo(
            """
            4096x4096,4096, 16 781 312 parameters in 2 tensors; fp32

            optimizer  parameters  gradients      states  working memory      in all  bytes/parameter
            ---------  ----------  ---------  ----------  --------------  ----------  ---------------
            sgd         64.02 MiB  64.02 MiB         0 B             0 B  128.03 MiB                8
            adam        64.02 MiB  64.02 MiB  128.03 MiB             0 B  256.06 MiB               16
            nag         64.02 MiB  64.02 MiB   64.02 MiB       64.02 MiB  256.06 MiB               16

            sgd   ████████████▓▓▓▓▓▓▓▓▓▓▓▓ 128.03 MiB
            adam  ████████████▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░░░░░ 256.06 MiB
            nag   ████████████▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░············ 256.06 MiB

            █ parameters   ▓ gradients   ░ states   · working memory
            """);
  }

  @Test
  void coloursAreAddedAndNothingElse() {
    MemoryQuestion question = question("16M", "bf16-mixed", "fp32", Zero.NONE, "sgd", "adam");
    String coloured = MemoryText.of(question, true);
    assertThat(coloured).contains("\u001b[34m█");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(MemoryText.of(question, false));
  }

  @Test
  void aCountSaysThatItCannotTellRowsAndColumns() {
    String note = "adafactor keeps numbers of rows and columns, which a count does not tell";
    assertThat(MemoryText.of(question("7e9", "fp32", "fp32", Zero.NONE, "adafactor"), false))
        .contains(note);
    assertThat(MemoryText.of(question("70x30", "fp32", "fp32", Zero.NONE, "adafactor"), false))
        .doesNotContain(note);
    assertThat(MemoryText.of(question("7e9", "fp32", "fp32", Zero.NONE, "adam"), false))
        .doesNotContain("rows");
  }

  @Test
  void statesOfOneNameCarryTheirRules() {
    assertThat(
            MemoryText.of(
                question("1K", "fp32", "fp32", Zero.NONE, "trace | trace(0.5) | descend(1)"),
                false))
        .contains("trace/momentum_buffer  ")
        .contains("trace2/momentum_buffer  ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "1048575, 1.00 MiB",
    "1610612736, 1.50 GiB",
    "9223372036854775807, 8.00 EiB",
  })
  void bytesAreWrittenInBinaryUnits(long bytes, String text) {
    assertThat(Bytes.text(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"16, 1, 16", "1, 3, 0.3333", "1, 10000000, <0.0001", "0, 3, 0", "8040, 1000, 8.04"})
  void bytesAParameterHaveAFewDigits(long bytes, long parameters, String text) {
    assertThat(Bytes.each(bytes, parameters)).isEqualTo(text);
  }

  @Test
  void theJsonHasTheSameNumbers() throws Exception {
    JsonNode root =
        new ObjectMapper()
            .readTree(
                MemoryJson.text(
                    question("1K", "bf16-mixed", "bf16", new Zero(1, 4), "adam", "sgd")));
    assertThat(root.path("format").asText()).isEqualTo("memory/1");
    assertThat(root.path("parameters").asLong()).isEqualTo(1000);
    assertThat(root.path("states").asText()).isEqualTo("bf16");
    assertThat(root.path("zero").asInt()).isEqualTo(1);
    assertThat(root.path("ranks").asInt()).isEqualTo(4);
    JsonNode adam = root.path("optimizers").get(0);
    assertThat(adam.path("bytes").asLong()).isEqualTo(12_000); // 2 + 2 + 4 + 2 + 2
    assertThat(adam.path("bytes_per_parameter").asDouble()).isEqualTo(12);
    assertThat(adam.path("optimizer_bytes").asLong()).isEqualTo(8_000);
    assertThat(adam.path("bytes_of_rank").asLong()).isEqualTo(4_000 + 8_000 / 4);
    assertThat(adam.path("lines").get(3).path("name").asText()).isEqualTo("adam/exp_avg");
    assertThat(adam.path("lines").get(3).path("part").asText()).isEqualTo("state");
    assertThat(adam.path("lines").get(3).path("type").asText()).isEqualTo("bf16");
    assertThat(root.path("optimizers").get(1).path("optimizer_bytes").asLong()).isEqualTo(4_000);
  }

  @ParameterizedTest
  @MethodSource("thalweg.text.Catalogue#entries")
  void everyOptimizerHasAnAccount(CatalogueEntry entry) {
    if (entry.kind() == CatalogueEntry.Kind.OPTIMIZER) {
      String spec = Specs.print(entry.plain());
      assertThat(MemoryText.of(question("30x20,7", "fp32", "fp32", Zero.NONE, spec), false))
          .startsWith(spec + " over ")
          .contains("in all");
    }
    assertThat(Catalogue.entries()).isNotEmpty();
  }
}
