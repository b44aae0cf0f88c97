package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.lab.BadInput;
import thalweg.text.Specs;
import thalweg.torch.nets.Networks;

class ExperimentsTest {
  private static final Effort EFFORT = new Effort(1, 4, false);

  static Stream<Experiment> all() {
    return Experiments.all().stream();
  }

  private static List<Verdict> verdicts(Experiment experiment, ToDoubleFunction<Trial> badness) {
    return experiment.run(new Session(new ScriptedRunner(badness), EFFORT)).stream()
        .map(Finding::verdict)
        .toList();
  }

  /** Adam is good and plain SGD bad. */
  private static double adamIsGood(Trial trial) {
    return trial.optimizer().startsWith("sgd") ? 2 : 0.5;
  }

  /** The opposite, with the same numbers. */
  private static double sgdIsGood(Trial trial) {
    return 1 / adamIsGood(trial);
  }

  @Test
  void theVerdictsFollowTheRunsAndTurnRoundWithThem() {
    // Faster; wider gap and less accuracy do not follow from being good.
    assertThat(verdicts(SgdmAdam.cnn(), ExperimentsTest::adamIsGood))
        .containsExactly(Verdict.HOLDS, Verdict.DOES_NOT_HOLD, Verdict.DOES_NOT_HOLD);
    assertThat(verdicts(SgdmAdam.cnn(), ExperimentsTest::sgdIsGood))
        .containsExactly(Verdict.DOES_NOT_HOLD, Verdict.HOLDS, Verdict.HOLDS);
    assertThat(verdicts(new SparseFeatures(), ExperimentsTest::adamIsGood))
        .containsOnly(Verdict.HOLDS);
    assertThat(verdicts(new SparseFeatures(), ExperimentsTest::sgdIsGood))
        .containsOnly(Verdict.DOES_NOT_HOLD);
  }

  @ParameterizedTest
  @MethodSource("all")
  void runsThatAreAllAlikeMakeNoClaimHoldThatNeedsADifference(Experiment experiment) {
    List<Finding> findings = experiment.run(new Session(new ScriptedRunner(trial -> 1), EFFORT));
    for (Finding finding : findings) {
      if (finding.claim().bound() == (finding.claim().by() == Claim.By.RATIO ? 1 : 0)) {
        assertThat(finding.verdict()).as(finding.claim().name()).isEqualTo(Verdict.UNDECIDED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void settingsAreChosenOnOtherSeedsThanAreMeasured(Experiment experiment) {
    ScriptedRunner runner = new ScriptedRunner(trial -> 1);
    Session session = new Session(runner, EFFORT);
    List<Finding> findings = experiment.run(session);
    assertThat(EFFORT.seeds()).doesNotContainAnyElementsOf(EFFORT.tuningSeeds());
    assertThat(findings).allSatisfy(f -> assertThat(f.seeds()).isEqualTo(EFFORT.seeds()));
    long tuned = session.contenders().stream().mapToLong(c -> (long) c.tried().size() * EFFORT.tuningSeeds().size()).sum();
    assertThat(runner.seedsAsked.stream().filter(EFFORT.tuningSeeds()::contains).count())
        .isEqualTo(tuned);
    assertThat(runner.seedsAsked).hasSize((int) tuned + 4 * session.contenders().size());
  }

  @Test
  void theSettingOfTheLowestLossIsChosen() {
    Session session =
        new Session(
            new ScriptedRunner(trial -> trial.optimizer().equals("sgd(lr=0.03)") ? 0.5 : 1),
            EFFORT);
    Contender chosen = session.tuned("SGD", Usual.mlp().each(Rates.of("sgd(lr={lr})", 1e-2, 0.3)));
    assertThat(chosen.trial().optimizer()).isEqualTo("sgd(lr=0.03)");
    assertThat(chosen.tried()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyNetworkAndOptimizerIsKnownAndFitsTheData(Experiment experiment) {
    Set<String> names = new HashSet<>();
    Session session =
        new Session(
            new ScriptedRunner(trial -> {
              Specs.parseOptimizer(trial.optimizer().replace("{seed}", "1"));
              Networks.of(trial.network(), trial.problem().form(), trial.problem().outputs(), 1)
                  .close();
              return 1;
            }),
            new Effort(1, 2, true));
    for (Finding finding : experiment.run(session)) {
      assertThat(names.add(finding.claim().name())).isTrue();
      assertThat(finding.claim().says()).endsWith(".");
      assertThat(finding.claim().source()).containsPattern("(19|20)\\d\\d");
      assertThat(session.contenders())
          .extracting(Contender::label)
          .contains(finding.claim().first());
    }
    assertThat(experiment.setup()).endsWith(".");
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Experiments.named(List.of("swat")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("swats");
    assertThat(Experiments.named(List.of("swats", "swats"))).hasSize(1);
    assertThat(Experiments.named(List.of())).hasSize(10);
  }

  @Test
  void thePageInTheDocsSaysWhatTheExperimentsDoAndClaim() throws IOException {
    Path docs = Path.of(System.getProperty("basedir", "."), "..", "docs", "reproduce.md");
    String page = Files.readString(docs);
    for (Experiment experiment : Experiments.all()) {
      assertThat(page).contains("**%s**: %s.".formatted(experiment.name(), experiment.title()));
      assertThat(page).contains(experiment.setup());
      for (Finding finding : experiment.run(new Session(new ScriptedRunner(trial -> 1), EFFORT))) {
        String name = experiment.name() + "/" + finding.claim().name();
        assertThat(page).contains("| `%s` | %s |".formatted(name, finding.claim().says()));
      }
    }
  }
}
