package thalweg.lab.compare;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Formula;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataRequest;
import thalweg.text.Specs;
import thalweg.torch.Batching;

class ComparisonRunTest {
  @Test
  void theRateOfTheLowestValidationLossIsChosen() {
    OptimizerResult sgd = run(List.of(1e-4, 0.3, 1e-3), "sgd").optimizers().getFirst();
    assertThat(sgd.tuning()).extracting(TuningPoint::rate).containsExactly(1e-4, 0.3, 1e-3);
    assertThat(sgd.rate()).isEqualTo(0.3);
    double lowest = sgd.tuning().get(1).validationLoss();
    assertThat(sgd.tuning()).allMatch(point -> point.validationLoss() >= lowest);
    assertThat(sgd.canonical()).isEqualTo("sgd(lr=0.3)");
    assertThat(sgd.hyperparameters()).containsEntry("lr", "0.3");
  }

  @Test
  void aRateThatDivergesIsNeverChosenEvenIfItComesFirst() {
    OptimizerResult sgd = run(List.of(1e30, 0.1, 1e31), "sgd").optimizers().getFirst();
    assertThat(sgd.tuning()).extracting(TuningPoint::diverged).containsExactly(true, false, true);
    assertThat(sgd.tuning().getFirst().validationLoss()).isNaN();
    assertThat(sgd.rate()).isEqualTo(0.1);
    assertThat(sgd.divergedRuns()).isZero();
  }

  @Test
  void whenEveryRateDivergesTheSmallestIsReportedAsDiverged() {
    Comparison comparison = run(List.of(1e30, 1e31), "sgd");
    OptimizerResult sgd = comparison.optimizers().getFirst();
    assertThat(sgd.rate()).isEqualTo(1e30);
    assertThat(sgd.divergedRuns()).isEqualTo(2);
    assertThat(ResultTable.text(comparison)).endsWith("\n\nsgd: every learning rate diverged\n");
  }

  @Test
  void theReportedSeedsAreNotTheOneThatChose() {
    Comparison comparison = run(List.of(0.1), "sgd", "adam(lr=0.01)");
    assertThat(comparison.settings().tuningSeed()).isEqualTo(5);
    assertThat(comparison.settings().seeds()).containsExactly(6L, 7L);
    OptimizerResult chosen = comparison.optimizers().getFirst();
    assertThat(chosen.runs())
        .extracting(run -> run.validationLoss().getLast())
        .doesNotContain(chosen.tuning().getFirst().validationLoss());
    for (OptimizerResult optimizer : comparison.optimizers()) {
      assertThat(optimizer.runs()).extracting(SeedRun::seed).containsExactly(6L, 7L);
    }
  }

  @Test
  void allOptimizersStartAlikeAndMeetTheSameBatches() {
    // at a rate of 0 nothing moves, so the losses are those of the start on the same batches
    Comparison comparison = run(List.of(0.1), "sgd(lr=0)", "adam(lr=0)", "rmsprop(lr=0)");
    List<SeedRun> first = comparison.optimizers().getFirst().runs();
    for (OptimizerResult optimizer : comparison.optimizers()) {
      for (int i = 0; i < 2; i++) {
        assertThat(optimizer.runs().get(i).trainLoss()).isEqualTo(first.get(i).trainLoss());
        assertThat(optimizer.runs().get(i).validationLoss())
            .isEqualTo(first.get(i).validationLoss());
      }
    }
    assertThat(first.get(0).trainLoss()).isNotEqualTo(first.get(1).trainLoss());
  }

  @Test
  void withEveryRateGivenThereIsNoGrid() {
    assertThat(run(List.of(0.1), "sgd(lr=0.1)").settings().grid()).isEmpty();
    assertThat(run(List.of(0.1), "sgd(lr=0.1)", "sgd").settings().grid()).containsExactly(0.1);
  }

  @Test
  void idsDifferWhateverIsComparedTwice() {
    Comparison comparison =
        run(List.of(0.1), "sgd", "sgd", "sgd(lr=1e-3)", "sgd(0.001)", "sgd(lr=0.1)", "sgd(lr=0.1)");
    assertThat(comparison.optimizers())
        .extracting(OptimizerResult::id)
        .containsExactly(
            "sgd", "sgd #2", "sgd(lr=1e-3)", "sgd(lr=1e-3) #2", "sgd(lr=0.1)", "sgd(lr=0.1) #2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(lr=0.1)",
        "sgd(lr=0.1, momentum=0.9)",
        "adam(lr=0.1)",
        "adam(lr=0.1, amsgrad=true)",
        "rmsprop(lr=0.1, momentum=0.9, centered=true)",
        "clip_by_global_norm(1) | trace | scale_by_adam | descend(0.01)"
      })
  void theStateThatIsReportedIsTheStateThatIsHeld(String spec) {
    OptimizerResult result = run(List.of(0.1), spec).optimizers().getFirst();
    assertThat(result.stateBytesPerParameter())
        .isEqualTo(4.0 * Formula.of(Specs.parse(spec)).states().size());
    OptimizerMemory memory = requireNonNull(result.memory());
    assertThat(memory.held()).isEqualTo(memory.computed());
    // 4 inputs, 4 hidden, 3 outputs: 4 * 4 + 4 + 4 * 3 + 3 numbers
    assertThat(memory.held()).isEqualTo((long) (35 * result.stateBytesPerParameter()));
  }

  @Test
  void badSettingsAreSaid() {
    assertThatThrownBy(() -> run(List.of(0.1)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("no optimizer to compare");
  }

  @Test
  void reportedRunsGoRoundAfterEachOptimizerHasRun() {
    ComparisonRun asked = asked(List.of(0.1, 1e30), "sgd(lr=0.1)", "adam", "adam(lr=1e30)");
    List<String> order = new ArrayList<>();
    long[] pieces = {0};
    Contest contest = new Contest(asked);
    Comparison comparison =
        contest.run(
            (more, attempt) -> {
              pieces[0] += more;
              String detail = attempt.detail();
              if (order.isEmpty() || !order.getLast().equals(detail)) {
                order.add(detail);
              }
            },
            ComparisonListener.NONE,
            "test",
            "./thalweg compare iris");
    assertThat(order)
        .containsExactly(
            "sgd(lr=0.1), warming up",
            "adam, choosing lr",
            "adam(lr=1e30), warming up",
            "sgd(lr=0.1), seed 6",
            "adam, seed 6",
            "adam(lr=1e30), seed 6",
            "sgd(lr=0.1), seed 7",
            "adam, seed 7",
            "adam(lr=1e30), seed 7");
    // one run or two that are not reported, and two seeds; of two epochs each, which are four steps
    // and the forward passes of 150 rows
    assertThat(pieces[0]).isEqualTo(contest.pieces()).isEqualTo((3 + 4 + 3) * 2 * (4 + 3));
    assertThat(comparison.optimizers())
        .extracting(OptimizerResult::id)
        .containsExactly("sgd(lr=0.1)", "adam", "adam(lr=1e30)");
    assertThat(comparison.optimizers())
        .extracting(OptimizerResult::stateBytesPerParameter)
        .containsExactly(0.0, 8.0, 8.0);
    assertThat(comparison.optimizers())
        .extracting(result -> result.tuning().size())
        .containsExactly(0, 2, 0);
  }

  private static Comparison run(List<Double> grid, String... specs) {
    return asked(grid, specs).run(Progress.Look.NOTHING, "test", "./thalweg compare iris");
  }

  private static ComparisonRun asked(List<Double> grid, String... specs) {
    return new ComparisonRun(
        DataRequest.named("iris").seed(5).prepare(),
        Arrays.asList(specs),
        "mlp(hidden=[4])",
        null,
        List.of(new Batching.Mini(32)),
        2,
        2,
        5,
        grid,
        1);
  }
}
