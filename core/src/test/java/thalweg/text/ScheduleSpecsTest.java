package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Schedule;
import thalweg.rules.Sgd;
import thalweg.schedule.OneCycle;
import thalweg.schedule.Schedules;

class ScheduleSpecsTest {
  @Test
  void aScheduleStandsForAValue() {
    assertThat(Specs.parse("sgd(lr=cosine_annealing(base=0.1, T_max=200), momentum=0.9)"))
        .isEqualTo(
            Sgd.lr(0.1).momentum(0.9).scheduled("lr", Schedules.cosineAnnealing(200).from(0.1)));
    assertThat(Specs.parse("sgd(cosine_annealing(T_max=200))"))
        .isEqualTo(Sgd.lr(1e-3).scheduled("lr", Schedules.cosineAnnealing(200)));
    assertThat(Specs.parse("adam(betas=[warmup(5), 0.99])"))
        .isEqualTo(Specs.parse("adam(beta1=warmup(5), beta2=0.99)"));
    assertThat(Specs.parse("adam(lr=reduce_on_plateau)"))
        .isEqualTo(Specs.parse("adam(lr=reduce_on_plateau())"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "step(step_size=30)",
        "multi_step(milestones=[5, 17], gamma=0.5)",
        "exponential(gamma=0.5)",
        "cosine_annealing(base=0.1, T_max=200, eta_min=1e-4)",
        "cosine_annealing_warm_restarts(T_0=5, T_mult=2)",
        "cyclic(base_lr=0.1, max_lr=1, mode=exp_range, gamma=0.9)",
        "one_cycle(max_lr=0.1, total_steps=60, anneal_strategy=linear, three_phase=true)",
        "wsd(warmup_steps=1, stable_steps=2, decay_steps=3, decay=cosine)",
        "warmup(steps=10, kind=cosine, start_factor=0.1)",
        "warmup(base=0.1, steps=10).then(cosine_annealing(T_max=90))",
        "warmup(steps=10).then(cosine_annealing(base=0.1, T_max=90).until(50)).until(55)",
        "exponential(gamma=0.9).times(step(step_size=30).per_epoch())",
        "warmup(steps=2).then(step(step_size=30)).per_epoch()",
        "sequential([warmup(steps=2), exponential(gamma=0.5)], milestones=[7])",
        "chained([warmup(base=0.5, steps=2), exponential(gamma=0.5)])",
        "reduce_on_plateau(mode=max, factor=0.5, threshold_mode=abs, min_lr=0.01)",
        "noam(d_model=512)",
        "inverse_sqrt(warmup_steps=4)"
      })
  void whatIsPrintedReadsBackAsTheSame(String text) {
    Schedule schedule = Specs.parseSchedule(text);
    assertThat(schedule).hasToString(text);
    assertThat(Specs.parseSchedule(schedule.toString())).isEqualTo(schedule);
    var rule = Sgd.lr(0.25).scheduled("momentum", schedule);
    assertThat(Specs.parse(Specs.print(rule))).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "cosine_annealing(t_max=5)          | cosine_annealing(T_max=5)",
        "cosine_annealing(lr=0.1, T_max=5)  | cosine_annealing(base=0.1, T_max=5)",
        "step(base_lr=0.1, step_size=5)     | step(base=0.1, step_size=5)",
        "step(5, base=none)                 | step(step_size=5)",
        "one_cycle(base=0.1, total_steps=9) | one_cycle(max_lr=0.1, total_steps=9)",
        "cyclic(lr=0.1, max_lr=1)           | cyclic(base_lr=0.1, max_lr=1)",
        "cyclic(0.1, 1, step_size_down=none)| cyclic(base_lr=0.1, max_lr=1)",
        "step(5, per=epoch)                 | step(step_size=5).per_epoch()",
        "step(5, per=update)                | step(step_size=5)",
        "step(5, verbose=true, last_epoch=-1)| step(step_size=5)",
        "exponential(gamma=[0.5])           | exponential(gamma=0.5)",
        " warmup( 3 ) . then ( step( 5 ) )  | warmup(steps=3).then(step(step_size=5))",
      })
  void otherSpellingsComeToTheSame(String text, String canonical) {
    assertThat(Specs.parseSchedule(text)).hasToString(canonical);
  }

  @Test
  void epochsAndStepsPerEpochMakeTheTotal() {
    OneCycle schedule =
        (OneCycle) Specs.parseSchedule("one_cycle(max_lr=1, epochs=3, steps_per_epoch=7)");
    assertThat(schedule.span()).isEqualTo(21);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "cosine_anealing(5)  | position 1: no schedule is called 'cosine_anealing'; did you mean"
            + " cosine_annealing?",
        "adam(lr=0.1)        | position 1: 'adam' is an optimizer or transformation, no schedule",
        "0.1                 | position 1: no schedule is called '0.1'; among others there are"
            + " step, linear, cosine_annealing, one_cycle, warmup",
        "warmup(3).next(step(5)) | position 11: a schedule has no '.next'; it has then, times,"
            + " until, per_epoch",
        "warmup(3).than(step(5)) | position 11: a schedule has no '.than'; did you mean then? It"
            + " has then, times, until, per_epoch",
        "warmup(3).then(5)   | position 16: no schedule is called '5'; among others there are step,"
            + " linear, cosine_annealing, one_cycle, warmup",
        "warmup(3).then()    | position 11: then takes one schedule, got 0 values",
        "warmup(3).until(x)  | position 17: until takes a whole number of steps",
        "warmup(3).then(step | position 20: '(' at 15 is not closed; add ')'",
        "warmup(3) step(5)   | position 11: expected the end, got 'step'; write a.then(b) to join a"
            + " and b",
        "step(5).then(step(5)) | position 9: step has no end of its own to put 'then' after; write"
            + " step(step_size=5).until(n).then(...)",
        "lambda(3)           | position 1: lambda is a function, which has no text form; make it in"
            + " Java with Schedules.lambda(k -> …)",
        "step                | position 1: step needs step_size in [1, inf); write"
            + " step(step_size=…)",
        "step(5, gama=2)     | position 9: step has no hyperparameter 'gama'; did you mean gamma?"
            + " It has step_size, gamma",
        "step(5, gamma=-1)   | position 15: step.gamma must be in [0, inf), got -1.0",
        "step(5, per=day)    | position 13: per must be epoch or update",
        "step(5, last_epoch=3) | position 9: last_epoch must be -1: a run goes on from its"
            + " checkpoint, not from a schedule",
        "cyclic(1, 2, lr=3)  | position 14: cyclic has its base already, 1; remove one of them",
        "step(5, base=1, lr=2) | position 17: the base is given twice; remove lr",
        "multi_step(milestones=5) | position 23: multi_step.milestones must be a list of whole"
            + " numbers, got '5'; write milestones=[…]",
        "exponential(gamma=[0.5, 0.6]) | position 19: exponential.gamma takes one number, got a"
            + " list of 2; give each group a schedule of its own",
        "one_cycle(max_lr=1) | position 1: one_cycle needs total_steps, or epochs and"
            + " steps_per_epoch; write total_steps=…",
      })
  void whatIsWrongIsSaidInOneLineWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> Specs.parseSchedule(text))
        .isInstanceOf(SpecException.class)
        .hasMessage("'" + text + "', " + message);
  }

  @Test
  void aScheduleInAWrongPlaceOfARule() {
    assertThatThrownBy(() -> Specs.parse("sgd(nesterov=warmup(3))"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("sgd.nesterov is true or false; a schedule drives numbers");
    assertThatThrownBy(() -> Specs.parse("sgd(lr=warmup(base=-1, steps=3))"))
        .hasMessageContaining("sgd.lr must be in [0, inf), got -1.0");
    assertThatThrownBy(() -> Specs.parse("descend(warmup(3))"))
        .hasMessageContaining(
            "descend.lr has no default for a base; write warmup(base=0.1, steps=3)");
    assertThatThrownBy(() -> Specs.parse("sgd(lr=warmpu(3))"))
        .hasMessageContaining("no schedule is called 'warmpu'; did you mean warmup?");
  }

  @Test
  void everyEntryHasTheNameOfItsRecord() {
    for (ScheduleEntry entry : ScheduleCatalogue.entries()) {
      assertThat(entry.summary()).as(entry.id()).isNotBlank();
      assertThat(entry.formula()).as(entry.id()).isNotBlank();
      assertThat(entry.paper()).as(entry.id()).isNotBlank();
    }
    assertThat(Specs.parseSchedule("step(3)").name()).isEqualTo("step");
    assertThat(ScheduleCatalogue.ids())
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(Catalogue.ids());
  }
}
