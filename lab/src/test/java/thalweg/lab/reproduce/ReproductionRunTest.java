package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.torch.Batching;

class ReproductionRunTest {
  private static Reproduction once;

  private static Reproduction run() {
    return new ReproductionRun(List.of("sparse-features"), 2, 1, true, 1)
        .run(Progress.Look.NOTHING, "1.0", "thalweg <reproduce>");
  }

  @BeforeAll
  static void runs() {
    once = run();
  }

  @Test
  void aRunRepeatsInEveryBitApartFromSeconds() {
    Result again = run().experiments().getFirst();
    assertThat(again.findings()).isEqualTo(once.experiments().getFirst().findings());
  }

  @Test
  void dropoutRepeatsToo() {
    Trial trial =
        Trial.of(Digits.table().trainRows(100), "mlp(hidden=[16], dropout=0.5)", 32, 2)
            .optimizer("add_noise(seed={seed}) | sgd(lr=0.1)");
    TorchRunner runner = new TorchRunner(1, (pieces, detail) -> {});
    List<Double> first = runner.run(trial, 5).stepLoss();
    assertThat(runner.run(trial, 5).stepLoss()).isEqualTo(first);
    assertThat(runner.run(trial, 6).stepLoss()).isNotEqualTo(first);
  }

  @Test
  void whatIsTrainedBeforeIsHandedOnAndCountedOnlyWhereAsked() {
    Trial beginning =
        Trial.of(Digits.table().trainRows(100), "mlp(hidden=[16])", 25, 4)
            .optimizer("adam(lr=0.01)");
    Trial still = beginning.epochs(1).optimizer("sgd(lr=0)");
    TorchRunner runner = new TorchRunner(1, (pieces, detail) -> {});
    Trace began = runner.run(beginning, 1);
    Trace alone = runner.run(still.from(beginning), 1);
    assertThat(alone.end()).isEqualTo(began.end());
    assertThat(alone.moved()).isZero();
    assertThat(alone.stepLoss()).hasSize(4);
    assertThat(runner.run(still.continuing(beginning), 1).stepLoss()).hasSize(20);
    assertThat(began.moved()).isPositive();
  }

  @Test
  void aRunThatDivergesIsCountedAsSuch() {
    Trial trial =
        Trial.of(Digits.table().trainRows(100), "linear", 25, 3).optimizer("sgd(lr=1e38)");
    Trace trace = new TorchRunner(1, (pieces, detail) -> {}).run(trial, 1);
    assertThat(trace.diverged()).isTrue();
    assertThat(trace.trainLoss()).isEqualTo(Trace.WORST_LOSS);
  }

  @Test
  void whetherSwatsWentOverIsSeen() {
    Trial trial = Trial.of(Digits.table().trainRows(100), "linear", 25, 3);
    TorchRunner runner = new TorchRunner(1, (pieces, detail) -> {});
    assertThat(runner.run(trial.optimizer("swats(lr=1e-3)"), 1).switched().over()).isFalse();
    assertThat(runner.run(trial.optimizer("swats(lr=1e-3, eps=1)"), 1).switched().over()).isTrue();
  }

  @Test
  void progressComesToAnEndExactly() {
    List<Long> heard = new ArrayList<>();
    Trial trial = Trial.of(Digits.table().trainRows(100), "mlp(hidden=[8])", 32, 3);
    List<Trial> trials =
        List.of(
            trial.optimizer("sgd(lr=0.1)"),
            trial.optimizer("sgd(lr=1e38)"),
            trial.from(trial.optimizer("adam")),
            trial.continuing(trial.optimizer("adam")),
            trial.batching(new Batching.Full()),
            trial.epochs(1000).seconds(0.001));
    Rehearsal rehearsal = new Rehearsal();
    TorchRunner runner = new TorchRunner(1, (pieces, detail) -> heard.add(pieces));
    for (Trial each : trials) {
      rehearsal.run(each, 1);
      runner.run(each, 1);
    }
    assertThat(heard.stream().mapToLong(piece -> piece).sum()).isEqualTo(rehearsal.pieces());
  }

  @Test
  void theJsonHasVerdictsWithWhatTheyFollowFrom() throws Exception {
    JsonNode root = new ObjectMapper().readTree(ReproductionJson.compact(once));
    assertThat(root.path("format").asText()).isEqualTo("reproduce/1");
    JsonNode finding = root.path("experiments").path(0).path("findings").path(0);
    assertThat(finding.path("claim").path("by").asText()).isEqualTo("difference");
    assertThat(finding.path("claim").path("side").asText()).isEqualTo("below");
    assertThat(finding.path("first")).hasSize(2);
    assertThat(finding.path("interval").path("low").isNumber()).isTrue();
    assertThat(finding.path("verdict").asText())
        .isEqualTo(once.experiments().getFirst().findings().getFirst().verdict().toString());
    JsonNode contender = root.path("experiments").path(0).path("contenders").path(0);
    assertThat(contender.path("runs").path(0).path("end_train_loss").isNumber()).isTrue();
  }

  @Test
  void thePageShowsEveryClaimAndLoadsNothing() {
    String html = ReproductionPage.html(once);
    assertThat(html).doesNotContain("{{").contains("default-src 'none'");
    for (Finding finding : once.experiments().getFirst().findings()) {
      assertThat(html).contains(finding.claim().says(), finding.verdict().toString());
    }
    assertThat(html).contains("thalweg &lt;reproduce&gt;").doesNotContain("<reproduce>");
    assertThat(html.replaceAll("(?s)<script.*?</script>", ""))
        .doesNotContainPattern("(?i)https?:|src=|@import|url\\(|<link|<iframe");
  }

  @Test
  void theTextNamesClaimMeasurementAndVerdict() {
    assertThat(ReproductionText.of(once))
        .contains("Adagrad learns informative rare features better than SGD.", "JMLR 2011")
        .contains("sparse-features/adagrad  Adagrad − SGD")
        .contains("claimed", "< 0", "undecided");
  }

  @Test
  void oneSeedIsRefused() {
    assertThatThrownBy(() -> new ReproductionRun(List.of(), 1, 1, false, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--seeds");
  }
}
