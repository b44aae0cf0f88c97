package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static thalweg.schedule.Schedules.constant;
import static thalweg.schedule.Schedules.cosineAnnealing;
import static thalweg.schedule.Schedules.exponential;
import static thalweg.schedule.Schedules.lambda;
import static thalweg.schedule.Schedules.linear;
import static thalweg.schedule.Schedules.oneCycle;
import static thalweg.schedule.Schedules.reduceOnPlateau;
import static thalweg.schedule.Schedules.step;
import static thalweg.schedule.Schedules.warmup;
import static thalweg.transforms.Transformations.chain;
import static thalweg.transforms.Transformations.clipByGlobalNorm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.rules.AdaBound;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Rprop;
import thalweg.rules.Sgd;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;
import thalweg.walk.Walk;

class ScheduledTest {
  private static Optimizer optimizer(Transformation rule, double[] at, double[] gradient) {
    return Optimizer.over(
            Parameters.of(
                new ArrayParameter(
                    "w", List.of((long) at.length), Buffer.of(at), Buffer.of(gradient))))
        .otherwise(rule)
        .backend("reference")
        .build();
  }

  private static Optimizer optimizer(Transformation rule) {
    return optimizer(rule, new double[] {1}, new double[] {1});
  }

  @Test
  void eachUpdateHasTheRateOfItsStep() {
    // rates 0.1 · 0.5^k: 1 - 0.1 - 0.05 - 0.025
    Walk.of(Sgd.lr(0.1).scheduled("lr", exponential(0.5)), 1)
        .step(1)
        .isAt(0.9)
        .step(1)
        .isAt(0.85)
        .step(1)
        .isAt(0.825);
  }

  @Test
  void aBaseOfTheSchedulesOwnTakesThePlaceOfTheRulesValue() {
    Scheduled rule = Sgd.lr(0.1).scheduled("lr", exponential(0.5).from(0.4));
    assertThat(rule.rule()).isEqualTo(Sgd.lr(0.4));
    Walk.of(rule, 1).step(1).isAt(0.6).step(1).isAt(0.4);
  }

  @Test
  void severalHyperparametersFollowSchedulesOfTheirOwn() {
    // lr 0.1, 0.05; weight_decay 0.2, 0.1: 1·(1 - 0.1·0.2) - 0.1 = 0.88; 0.88·(1 - 0.05·0.1) - 0.05
    Transformation rule =
        Specs.parse(
            "decay_weights(exponential(base=0.2, gamma=0.5))"
                + " | descend(exponential(base=0.1, gamma=0.5))");
    Walk.of(rule, 1).step(1).isAt(0.88).step(1).isAt(0.88 * (1 - 0.005) - 0.05);
  }

  @Test
  void aNumberGoesThroughZeroWithoutLosingWhatIsRemembered() {
    // momentum 0.5, 0, 0, 0.5: b = 1, 1, 1, 1.5
    Transformation rule =
        Sgd.lr(0.1).scheduled("momentum", lambda(k -> k == 0 || k == 3 ? 1 : 0).from(0.5));
    Walk.of(rule, 1)
        .step(1)
        .isAt(0.9)
        .step(1)
        .isAt(0.8)
        .remembers("sgd/momentum_buffer", 1)
        .step(1)
        .isAt(0.7)
        .step(1)
        .isAt(0.55);
  }

  @Test
  void aScheduleFromZeroHasTheFormulaOfWhatFollows() {
    Scheduled rule = Sgd.lr(0.1).scheduled("momentum", lambda(_ -> 1));
    assertThat(Formula.of(rule).states()).hasSize(1);
    assertThat(optimizer(rule).group("default").get("momentum")).isEqualTo(0.0);
  }

  @Test
  void aScheduleAtZeroIsTheSameAsNoTerm() {
    double[] plain = {1, -2, 3};
    double[] scheduled = plain.clone();
    double[] gradient = {0.5, 1, -2};
    try (Optimizer one = optimizer(AdamW.lr(0.1).weightDecay(0), plain, gradient);
        Optimizer other =
            optimizer(
                AdamW.lr(0.1).weightDecay(0).scheduled("weight_decay", lambda(_ -> 1)),
                scheduled,
                gradient)) {
      for (int i = 0; i < 5; i++) {
        one.step();
        other.step();
      }
    }
    assertThat(scheduled).containsExactly(plain);
  }

  @Test
  void anEpochScheduleMovesWhenAnEpochEnds() {
    double[] at = {1};
    try (Optimizer optimizer =
        optimizer(Sgd.lr(0.1).scheduled("lr", step(1, 0.5).perEpoch()), at, new double[] {1})) {
      optimizer.step();
      optimizer.step();
      assertThat(at[0]).isCloseTo(0.8, within(1e-15));
      optimizer.endEpoch();
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.05);
      optimizer.step();
      assertThat(at[0]).isCloseTo(0.75, within(1e-15));
      assertThat(optimizer.updates()).isEqualTo(3);
      assertThat(optimizer.epochs()).isEqualTo(1);
    }
  }

  @Test
  void epochsStandOnTopOfUpdates() {
    Schedule both = warmup(2).times(step(1, 0.1).perEpoch());
    try (Optimizer optimizer = optimizer(Sgd.lr(1).scheduled("lr", both))) {
      Group group = optimizer.group("default");
      assertThat(group.get("lr")).isEqualTo(0.0);
      optimizer.step();
      assertThat(group.get("lr")).isEqualTo(0.5);
      optimizer.endEpoch();
      assertThat((double) group.get("lr")).isCloseTo(0.05, within(1e-17));
      optimizer.step();
      assertThat((double) group.get("lr")).isCloseTo(0.1, within(1e-17));
    }
  }

  @Test
  void aPlateauWaitsForReports() {
    try (Optimizer optimizer =
        optimizer(Sgd.lr(0.1).scheduled("lr", reduceOnPlateau().patience(1).factor(0.5)))) {
      Group group = optimizer.group("default");
      optimizer.report(1);
      optimizer.report(1);
      assertThat(group.get("lr")).isEqualTo(0.1);
      optimizer.report(1); // the second that is no better
      assertThat(group.get("lr")).isEqualTo(0.05);
    }
  }

  @Test
  void aCycleDrivesMomentumToo() {
    // PyTorch: the rate from 0.1/25 to 0.1 while momentum goes from 0.95 to 0.85, at k = 2
    try (Optimizer sgd = optimizer(Sgd.lr(0.1).scheduled("lr", oneCycle(0.1, 10)))) {
      Group group = sgd.group("default");
      assertThat((double) group.get("lr")).isCloseTo(0.004, within(1e-17));
      assertThat((double) group.get("momentum")).isCloseTo(0.95, within(1e-15));
      assertThat(group.formula().states()).hasSize(1);
      sgd.step();
      sgd.step();
      assertThat((double) group.get("lr")).isCloseTo(0.1, within(1e-15));
      assertThat((double) group.get("momentum")).isCloseTo(0.85, within(1e-15));
    }
    try (Optimizer adam = optimizer(Adam.lr(0.1).scheduled("lr", oneCycle(0.1, 10)))) {
      assertThat((double) adam.group("default").get("beta1")).isCloseTo(0.95, within(1e-15));
    }
    try (Optimizer alone =
        optimizer(Sgd.lr(0.1).scheduled("lr", oneCycle(0.1, 10).cycleMomentum(false)))) {
      assertThat(alone.group("default").formula().states()).isEmpty();
    }
  }

  @Test
  void aCycleSaysWhereThereIsNoMomentumToDrive() {
    assertThatThrownBy(() -> optimizer(Specs.parse("descend(one_cycle(max_lr=1, total_steps=5))")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "descend has no momentum and no beta1 for one_cycle(max_lr=1, total_steps=5) to drive;"
                + " write cycle_momentum=false");
  }

  @Test
  void aScheduleThatEndsStopsTheStepBeforeAnythingIsUpdated() {
    double[] at = {1};
    Transformation rule = Sgd.lr(0.1).scheduled("lr", constant(1, 1).until(2));
    try (Optimizer optimizer = optimizer(rule, at, new double[] {1})) {
      optimizer.step();
      optimizer.step();
      double before = at[0];
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "update 3, sgd.lr of group 'default': constant(base=0.1, factor=1,"
                  + " total_iters=1).until(2) ends after 2 steps, and step 3 was asked for: nothing"
                  + " follows it; add .then(...)");
      assertThat(at[0]).isEqualTo(before);
      assertThat(optimizer.updates()).isEqualTo(2);
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.1);
    }
  }

  @Test
  void aValueOutOfRangeStopsTheStepBeforeAnythingIsUpdated() {
    double[] at = {1};
    Transformation rule = Sgd.lr(0.1).scheduled("lr", lambda(k -> 1 - k));
    try (Optimizer optimizer = optimizer(rule, at, new double[] {1})) {
      optimizer.step();
      optimizer.step();
      double before = at[0];
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("update 3: sgd.lr of group 'default' would be -0.1 by lambda(")
          .hasMessageEndingWith("; it must be in [0, inf)");
      assertThat(at[0]).isEqualTo(before);
    }
    assertThatThrownBy(() -> optimizer(Sgd.lr(0.1).scheduled("lr", lambda(_ -> Double.NaN))))
        .hasMessageContaining("would be no finite number: NaN by");
  }

  @Test
  void oneGroupThatFailsStopsAllGroups() {
    double[] first = {1};
    double[] second = {1};
    try (Optimizer optimizer =
        Optimizer.over(
                Parameters.of(
                    new ArrayParameter(
                        "a", List.of(1L), Buffer.of(first), Buffer.of(new double[] {1})),
                    new ArrayParameter(
                        "b", List.of(1L), Buffer.of(second), Buffer.of(new double[] {1}))))
            .group("a", p -> p.name().equals("a"), Sgd.lr(0.1).scheduled("lr", exponential(0.5)))
            .otherwise(Sgd.lr(0.1).scheduled("lr", constant(1, 1).until(1)))
            .backend("reference")
            .build()) {
      optimizer.step();
      assertThatThrownBy(optimizer::step).hasMessageContaining("group 'default'");
      assertThat(first).containsExactly(0.9);
      assertThat(second).containsExactly(0.9);
    }
  }

  @Test
  void schedulesComeAndGoWhileItTrains() {
    double[] at = {1};
    try (Optimizer optimizer = optimizer(Sgd.lr(0.1), at, new double[] {1})) {
      Group group = optimizer.group("default");
      optimizer.step();
      group.set("lr", "exponential(gamma=0.5)");
      assertThat(group.get("lr")).isEqualTo(0.05); // one update has been
      assertThat(group.schedule("lr")).contains(exponential(0.5).from(0.1));
      optimizer.step();
      assertThat(at[0]).isCloseTo(0.85, within(1e-15));
      group.set("lr", 0.25);
      assertThat(group.schedule("lr")).isEmpty();
      optimizer.step();
      assertThat(at[0]).isCloseTo(0.6, within(1e-15));
      group.set("lr", linear(1, 0, 4).from(0.4));
      assertThat((double) group.get("lr")).isCloseTo(0.1, within(1e-15));
    }
  }

  @Test
  void whatIsPartOfTheFormulaIsRefusedWithAReason() {
    assertThatThrownBy(() -> optimizer(Rprop.lr(0.1).scheduled("lr", exponential(0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rprop.lr acts before the first update only, so no schedule can drive it; give it a"
                + " number");
    assertThatThrownBy(() -> Sgd.lr(0.1).scheduled("nesterov", exponential(0.5)))
        .hasMessage(
            "sgd.nesterov is true or false; a schedule drives numbers, got exponential(gamma=0.5)");
    assertThatThrownBy(() -> Sgd.lr(0.1).scheduled("speed", exponential(0.5)))
        .hasMessageContaining("has no hyperparameter 'speed'");
    assertThatThrownBy(() -> chain(Sgd.lr(0.1)).scheduled("lr", exponential(0.5)))
        .hasMessage("a chain has no hyperparameter 'lr' of its own; schedule it in its link");
  }

  /** What no schedule can drive; all other numbers of the catalogue can. */
  @Test
  void everyNumberOfTheCatalogueTakesASchedule() {
    TreeSet<String> refused = new TreeSet<>();
    int taken = 0;
    for (CatalogueEntry entry : Catalogue.entries()) {
      Transformation plain = entry.plain();
      for (Hyperparameters.Component component : entry.hyperparameters().list()) {
        if (!component.isNumber()) {
          continue;
        }
        try {
          Transformation rule =
              plain.scheduled(component.name(), lambda(_ -> 1).from(value(plain, component)));
          optimizer(completed(rule)).close();
          taken++;
        } catch (IllegalArgumentException e) {
          refused.add(entry.id() + "." + component.name());
        }
      }
    }
    assertThat(refused)
        .containsExactly(
            "adagrad.initial_accumulator_value",
            "add_noise.seed",
            "rprop.lr",
            "sag.terms", // how many gradients are kept
            "saga.terms",
            "scale_by_rss.initial_accumulator_value",
            "scale_by_yogi.initial_accumulator_value",
            "sgd.dampening", // without momentum
            "yogi.initial_accumulator_value");
    assertThat(taken).isGreaterThan(100);
  }

  private static double value(Transformation rule, Hyperparameters.Component component) {
    double value = ((Number) Hyperparameters.get(rule, component.name())).doubleValue();
    return Double.isFinite(value) ? value : 0.5;
  }

  private static Transformation completed(Transformation rule) {
    List<Transformation> tries =
        List.of(rule, Chain.of(rule, Sgd.lr(0.1)), Chain.of(Sgd.lr(0.1), rule));
    for (Transformation attempt : tries) {
      try {
        Formula.of(attempt);
        return attempt;
      } catch (FormulaException _) {
        // another place
      }
    }
    throw new IllegalStateException(Specs.print(rule));
  }

  @Test
  void aChainIsScheduledInItsLinks() {
    Transformation rule =
        chain(clipByGlobalNorm(1).scheduled("max_norm", exponential(0.5)), Sgd.lr(0.1));
    // norms 1, 0.5 of a gradient of 2: 1 - 0.1 - 0.05
    Walk.of(rule, 1).step(2).isAt(0.9).step(2).isAt(0.85);
    assertThat(Specs.print(rule))
        .isEqualTo("clip_by_global_norm(exponential(base=1, gamma=0.5)) | sgd(lr=0.1)");
  }

  @Test
  void adaBoundScalesByTheConfiguredRateFromTheFirstUpdateOn() {
    // a warm-up from half the rate: final_lr scales with 0.05 / 0.1 at t = 1
    AdaBound plain = AdaBound.lr(0.1).finalLr(1).gamma(0.5);
    double[] scheduled = {1};
    double[] fixed = {1};
    try (Optimizer one =
            optimizer(plain.scheduled("lr", constant(0.5, 1)), scheduled, new double[] {1e-3});
        Optimizer other = optimizer(halved(plain), fixed, new double[] {1e-3})) {
      one.step();
      other.step();
    }
    assertThat(scheduled).containsExactly(fixed);
  }

  /** The same at t = 1: half the rate, and half the final rate with it. */
  private static AdaBound halved(AdaBound rule) {
    return Hyperparameters.with(rule, "lr", 0.05).finalLr(rule.finalLr() / 2);
  }

  @Test
  void everyStopResumesToTheBit() {
    Transformation rule =
        Specs.parse(
            "adamw(lr=warmup(2).then(cosine_annealing(base=0.1, T_max=9, eta_min=0.01))"
                + ".times(reduce_on_plateau(patience=0, factor=0.5)),"
                + " betas=[linear(base=0.9, start_factor=0.5, end_factor=1, total_iters=6), 0.99],"
                + " weight_decay=step(base=0.1, step_size=1, gamma=0.5).per_epoch())");
    double[] whole = {1, -2};
    try (Optimizer through = optimizer(rule, whole, new double[] {0.5, 0.25})) {
      List<double[]> places = new ArrayList<>();
      for (int k = 0; k < 10; k++) {
        places.add(whole.clone());
        go(through, k);
      }
      for (int stop = 0; stop < 10; stop++) {
        double[] at = {1, -2};
        double[] later = places.get(stop).clone();
        try (Optimizer before = optimizer(rule, at, new double[] {0.5, 0.25});
            Optimizer after = optimizer(rule, later, new double[] {0.5, 0.25})) {
          for (int k = 0; k < stop; k++) {
            go(before, k);
          }
          assertThat(at).containsExactly(places.get(stop));
          after.load(before.state());
          for (int k = stop; k < 10; k++) {
            go(after, k);
          }
          assertThat(later).as("stopped after %d", stop).containsExactly(whole);
          assertThat(after.state()).isEqualTo(through.state());
        }
      }
    }
  }

  private static void go(Optimizer optimizer, int k) {
    optimizer.step();
    if (k % 3 == 2) {
      optimizer.report(k < 5 ? -k : 3);
      optimizer.endEpoch();
    }
  }

  @Test
  void aStateHoldsTheScheduleAndWhatItRemembers() {
    Transformation rule =
        Sgd.lr(0.1).scheduled("lr", reduceOnPlateau().patience(0).cooldown(2).factor(0.5));
    try (Optimizer optimizer = optimizer(rule);
        Optimizer plain = optimizer(Sgd.lr(0.3))) {
      optimizer.step();
      optimizer.report(0.5);
      optimizer.report(0.75);
      OptimizerState state = optimizer.state();
      String text = "reduce_on_plateau(factor=0.5, patience=0, cooldown=2)";
      assertThat(state.hyperparameters())
          .containsEntry(
              "default/sgd.lr", "reduce_on_plateau(base=0.1, factor=0.5, patience=0, cooldown=2)");
      assertThat(state.progress())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "clock/updates",
                  1.0,
                  "clock/epochs",
                  0.0,
                  "schedules/" + text + "/best",
                  0.5,
                  "schedules/" + text + "/num_bad_epochs",
                  0.0,
                  "schedules/" + text + "/cooldown_counter",
                  2.0,
                  "schedules/" + text + "/reductions",
                  1.0));
      plain.load(state); // which had no schedule
      assertThat(plain.group("default").get("lr")).isEqualTo(0.05);
      assertThat(plain.state()).isEqualTo(state);
    }
  }

  @Test
  void aFunctionInJavaIsKeptByTheOptimizerThatLoads() {
    Transformation rule = Sgd.lr(0.1).scheduled("lr", lambda(k -> 1.0 / (k + 1)));
    try (Optimizer one = optimizer(rule);
        Optimizer same = optimizer(rule);
        Optimizer other = optimizer(Sgd.lr(0.1))) {
      one.step();
      same.load(one.state());
      assertThat(same.group("default").get("lr")).isEqualTo(0.05);
      assertThatThrownBy(() -> other.load(one.state()))
          .hasMessageContaining(
              "sgd.lr was driven by lambda(base=0.1, factor=<java>), which has a function in Java;"
                  + " make this optimizer with it, then load");
    }
  }

  @Test
  void anOlderStateBeginsAtTheMostUpdatesOfAParameter() {
    try (Optimizer one = optimizer(Sgd.lr(0.1));
        Optimizer other = optimizer(Sgd.lr(0.1))) {
      one.step();
      one.step();
      OptimizerState state = one.state();
      other.load(
          new OptimizerState(state.tensors(), state.updates(), state.hyperparameters(), Map.of()));
      assertThat(other.updates()).isEqualTo(2);
    }
  }

  @Test
  void aFailedClosureIsNoUpdate() {
    try (Optimizer optimizer = optimizer(Sgd.lr(0.1).scheduled("lr", cosineAnnealing(10)))) {
      assertThatThrownBy(() ->
              optimizer.step(() -> {
                throw new IllegalStateException("loss");
              }))
          .hasMessage("loss");
      assertThat(optimizer.updates()).isZero();
    }
  }
}
