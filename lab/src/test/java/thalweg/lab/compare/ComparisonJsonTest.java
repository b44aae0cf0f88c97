package thalweg.lab.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;
import thalweg.lab.compare.ComparisonFixture.Wish;

class ComparisonJsonTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackEqual() {
    Path file = folder.resolve("c.json");
    Comparison comparison = ComparisonFixture.usual();
    ComparisonJson.write(file, comparison);
    assertThat(ComparisonJson.read(file)).isEqualTo(comparison);
  }

  @Test
  void numbersThatAreNotFiniteAreNullAndComeBackAsNaN() throws IOException {
    Path file = folder.resolve("c.json");
    ComparisonJson.write(file, ComparisonFixture.of(new Wish(4, 8, 3, true, true)));
    assertThat(Files.readString(file))
        .contains("null")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
    SeedRun lost = ComparisonJson.read(file).optimizers().get(1).runs().getFirst();
    assertThat(lost.divergedAtStep()).isEqualTo(107L);
    assertThat(lost.validationLoss().getLast()).isNaN();
    assertThat(lost.validationLoss().getFirst()).isFinite();
    assertThat(ComparisonJson.read(file).optimizers().get(0).tuning().getLast().validationLoss())
        .isNaN();
  }

  /** The approved file is the example that docs/json.md speaks of. */
  @Test
  void theTextIsTheApprovedOne() throws IOException {
    try (InputStream approved = ComparisonJsonTest.class.getResourceAsStream("small.json")) {
      assertThat(ComparisonJson.text(ComparisonFixture.of(new Wish(2, 2, 1, false, true))))
          .isEqualTo(new String(requireNonNull(approved).readAllBytes(), UTF_8));
    }
  }

  @Test
  void aLaterFieldIsPassedOver() throws IOException {
    Comparison comparison = ComparisonFixture.usual();
    Path file = folder.resolve("c.json");
    Files.writeString(
        file, ComparisonJson.text(comparison).replaceFirst("\\{", "{\"later\": [1, 2],"));
    assertThat(ComparisonJson.read(file)).isEqualTo(comparison);
  }

  @Test
  void aFileFromBeforeMemoryWasMeasuredIsRead() throws IOException {
    Comparison comparison = ComparisonFixture.usual();
    Path file = folder.resolve("c.json");
    String text = ComparisonJson.text(comparison);
    Files.writeString(file, text.replaceAll("\"memory\" : \\{[^}]*\\},", ""));
    assertThat(Files.readString(file)).hasSizeLessThan(text.length());
    Comparison read = ComparisonJson.read(file);
    assertThat(read.optimizers()).allMatch(optimizer -> optimizer.memory() == null);
    assertThat(read.optimizers().getLast().runs())
        .isEqualTo(comparison.optimizers().getLast().runs());
    assertThat(ResultTable.text(read)).contains("–");
  }

  @Test
  void severalRegimesAreReadBackEqual() {
    Path file = folder.resolve("c.json");
    Comparison comparison = ComparisonFixture.regimes();
    ComparisonJson.write(file, comparison);
    assertThat(ComparisonJson.read(file)).isEqualTo(comparison);
  }

  @Test
  void aFileFromBeforeRegimesWereComparedIsRead() throws IOException {
    Path file = folder.resolve("c.json");
    try (InputStream old = getClass().getResourceAsStream("before-regimes.json")) {
      Files.write(file, requireNonNull(old).readAllBytes());
    }
    Comparison read = ComparisonJson.read(file);
    assertThat(read.settings().regimes()).containsExactly(new Regime("mini:32", 32, 45, List.of()));
    assertThat(read.settings().model()).isEqualTo("mlp(hidden=[64,32])");
    for (OptimizerResult optimizer : read.optimizers()) {
      assertThat(optimizer.optimizer()).isEqualTo(optimizer.id());
      assertThat(optimizer.regime()).isEqualTo("mini:32");
      assertThat(optimizer.runs()).allMatch(run -> run.updateLoss().isEmpty());
    }
    Comparison now = ComparisonFixture.of(new Wish(2, 2, 1, false, true));
    assertThat(ResultTable.text(read)).isEqualTo(ResultTable.text(now));
    assertThat(Report.html(read)).contains("batches of 32");
  }

  @Test
  void aBrokenFileIsOneLine() throws IOException {
    String good = ComparisonJson.text(ComparisonFixture.usual());
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            "not json",
            good.substring(0, 2000),
            good.replace("comparison/1", "comparison/9"),
            good.replace("\"seeds\"", "\"sedes\""),
            good.replaceFirst("\"epochs\" : 30", "\"epochs\" : \"many\""))) {
      Path file = Files.writeString(folder.resolve("bad.json"), bad);
      assertThatThrownBy(() -> ComparisonJson.read(file))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("bad.json")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> ComparisonJson.read(folder.resolve("none.json")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("there is no such file");
  }
}
