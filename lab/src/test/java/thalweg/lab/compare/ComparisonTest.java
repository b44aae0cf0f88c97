package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void spreadIsMeanAndSampleDeviationOfFiniteValues() {
    Spread spread = Spread.of(List.of(1.0, 2.0, 3.0, 4.0, Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(spread.mean()).isEqualTo(2.5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
    assertThat(spread.count()).isEqualTo(4);
  }

  @Test
  void oneValueHasNoDeviationAndNoneHasNoMean() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, Double.NaN, 1));
    assertThat(Spread.of(List.of())).isEqualTo(new Spread(Double.NaN, Double.NaN, 0));
  }

  @Test
  void aggregatesTakeTheLastEpochOfRunsThatDidNotDiverge() {
    OptimizerResult result =
        optimizer("a", run(0.5, 0.9, null), run(0.3, 0.8, null), run(1e9, 0.1, 12L));
    assertThat(result.trainLoss().mean()).isEqualTo(0.4);
    assertThat(result.score().mean()).isCloseTo(0.85, within(1e-15));
    assertThat(result.score().count()).isEqualTo(2);
    assertThat(result.divergedRuns()).isEqualTo(1);
  }

  @Test
  void theBestScoreRanksFirstAndADivergedOneLast() {
    Comparison usual = ComparisonFixture.usual();
    Comparison comparison =
        new Comparison(
            usual.data(),
            usual.settings(),
            usual.environment(),
            List.of(
                optimizer("lost", run(1, 0.99, 3L)),
                optimizer("negative", run(1, -0.5, null)),
                optimizer("good", run(1, 0.9, null))));
    assertThat(comparison.ranked())
        .extracting(OptimizerResult::id)
        .containsExactly("good", "negative", "lost");
  }

  @Test
  void idsMustDifferAndListsMustMatch() {
    Comparison usual = ComparisonFixture.usual();
    OptimizerResult one = optimizer("same", run(1, 1, null));
    assertThatThrownBy(() ->
            new Comparison(usual.data(), usual.settings(), usual.environment(), List.of(one, one)))
        .hasMessage("two optimizers have the id 'same'");
    List<Double> single = List.of(1.0);
    assertThatThrownBy(() -> new SeedRun(3, single, single, List.of(), single, single, 0, null))
        .hasMessage(
            "run of seed 3: 1 train losses, 1 validation losses, 0 scores, 1 times; they must be"
                + " equally many");
  }

  private static SeedRun run(double loss, double score, @Nullable Long divergedAt) {
    return new SeedRun(
        1,
        List.of(5.0, loss),
        List.of(5.0, loss),
        List.of(0.0, score),
        List.of(1.0, 2.0),
        List.of(),
        0.1,
        divergedAt);
  }

  private static OptimizerResult optimizer(String id, SeedRun... runs) {
    return new OptimizerResult(
        id,
        id,
        "mini:32",
        "sgd",
        "sgd(lr=0.1)",
        "f",
        "f",
        Map.of(),
        0.1,
        List.of(),
        0,
        null,
        List.of(runs));
  }
}
