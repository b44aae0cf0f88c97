package thalweg.lab.compare;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataRequest;
import thalweg.torch.Batching;

class RegimesTest {
  private static final List<Double> GRID = List.of(0.001, 0.03, 1.0);

  @Test
  void everyOptimizerRunsInEveryRegimeForEquallyManyEpochs() {
    Comparison comparison = run(6, "full,mini:32,one", "sgd", "adam(lr=0.01)");
    assertThat(comparison.optimizers())
        .extracting(OptimizerResult::id)
        .containsExactly(
            "sgd · full",
            "sgd · mini:32",
            "sgd · one",
            "adam(lr=0.01) · full",
            "adam(lr=0.01) · mini:32",
            "adam(lr=0.01) · one");
    assertThat(comparison.optimizers().get(1).optimizer()).isEqualTo("sgd");
    assertThat(comparison.optimizers().get(1).regime()).isEqualTo("mini:32");
    assertThat(comparison.optimizers())
        .flatExtracting(OptimizerResult::runs)
        .allMatch(run -> ((SeedRun) run).epochs() == 6);
    assertThat(comparison.settings().regimes())
        .extracting(Regime::stepsPerEpoch)
        .containsExactly(1, 4, 120);
    assertThat(comparison.settings().regime()).isEqualTo("several");
    assertThat(comparison.settings().batch()).isNull();
    assertThat(comparison.settings().stepsPerEpoch()).isNull();
  }

  @Test
  void aRateIsChosenInEachRegime() {
    Comparison comparison = run(6, "full,one", "sgd");
    assertThat(comparison.optimizers()).allMatch(result -> result.tuning().size() == 3);
    // one step of all rows an epoch takes a larger rate than 120 steps of one row
    assertThat(comparison.optimizers().get(0).rate())
        .isGreaterThan(comparison.optimizers().get(1).rate());
  }

  @Test
  void aCompetitorInSeveralRegimesDoesWhatItDoesAlone() {
    Comparison together = run(2, "full,mini:32,one", "sgd(lr=0.1)");
    for (OptimizerResult result : together.optimizers()) {
      OptimizerResult alone = run(2, result.regime(), "sgd(lr=0.1)").optimizers().getFirst();
      assertThat(alone.id()).isEqualTo("sgd(lr=0.1)");
      assertThat(alone.runs().getFirst().trainLoss())
          .isEqualTo(result.runs().getFirst().trainLoss());
      assertThat(alone.runs().getFirst().updateLoss())
          .isEqualTo(result.runs().getFirst().updateLoss());
    }
  }

  @Test
  void ofFullBatchesTheLossAtAnUpdateIsTheLossOfItsEpoch() {
    SeedRun run = run(6, "full", "sgd(lr=0.1)").optimizers().getFirst().runs().getFirst();
    assertThat(run.updateLoss())
        .isEqualTo(run.trainLoss().stream().map(loss -> Figures.rounded(loss, 6)).toList());
  }

  @Test
  void aLongRunIsThinnedAndARunThatDivergesEndsEarly() {
    Comparison comparison = run(6, "one", "sgd(lr=0.01)", "sgd(lr=1e30)");
    List<Long> updates = comparison.settings().regimes().getFirst().updates();
    assertThat(updates.getLast()).isEqualTo(720);
    assertThat(updates.size()).isLessThanOrEqualTo(Bins.MOST);
    assertThat(comparison.optimizers().get(0).runs().getFirst().updateLoss())
        .hasSameSizeAs(updates)
        .allMatch(Double::isFinite);
    SeedRun lost = comparison.optimizers().get(1).runs().getFirst();
    long diverged = requireNonNull(lost.divergedAtStep());
    assertThat(diverged).isLessThan(9); // in the bins of one update each
    assertThat(lost.updateLoss()).hasSize((int) diverged - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "full,full       | regimes full and full are the same; leave one out",
        "one,mini:1      | regimes one and mini:1 are the same; leave one out",
        "mini:8,full,8   | regimes mini:8 and mini:8 are the same; leave one out",
        "full,mini:121   | batch is 121, there are 120 training rows; give a smaller batch or full",
      })
  void regimesThatCannotBeComparedAreSaid(String regimes, String message) {
    assertThatThrownBy(() -> run(1, regimes, "sgd"))
        .isInstanceOf(BadInput.class)
        .hasMessage(message);
  }

  private static Comparison run(int epochs, String regimes, String... specs) {
    return new ComparisonRun(
            DataRequest.named("iris").seed(5).prepare(),
            Arrays.asList(specs),
            "mlp(hidden=[4])",
            null,
            Arrays.stream(regimes.split(",")).map(Batching::parse).toList(),
            epochs,
            1,
            5,
            GRID,
            1)
        .run(Progress.Look.NOTHING, "test", "./thalweg compare iris");
  }
}
