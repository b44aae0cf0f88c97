package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;
import thalweg.walk.Loose;

class LoadOptionsTest {
  private static Loose parameter(String name, double... start) {
    float[] gradient = new float[start.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = i + 1;
    }
    float[] values = new float[start.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) start[i];
    }
    return new Loose(name, values).gradient(gradient);
  }

  /** Two updates of parameters of these names, of two elements each. */
  private static OptimizerState after(Transformation rule, String... names) {
    try (var optimizer = fresh(rule, names)) {
      optimizer.step();
      optimizer.step();
      return optimizer.state();
    }
  }

  private static Optimizer fresh(Transformation rule, String... names) {
    Parameter[] parameters = new Parameter[names.length];
    for (int i = 0; i < names.length; i++) {
      parameters[i] = parameter(names[i], 1, 2);
    }
    return Optimizer.of(rule, Parameters.of(parameters));
  }

  @Test
  void aStateLoadsUnderNewNames() {
    OptimizerState state = after(Adam.lr(0.1), "encoder.0.weight", "encoder.1.weight");
    try (var optimizer = fresh(Adam.lr(0.1), "backbone.0.weight", "backbone.1.weight")) {
      LoadReport report =
          optimizer.load(state, LoadOptions.strict().rename("encoder\\.(.*)", "backbone.$1"));
      assertThat(report.isComplete()).isTrue();
      assertThat(report.loaded())
          .containsExactly("default/backbone.0.weight", "default/backbone.1.weight");
      assertThat(optimizer.state().tensor("default/adam/exp_avg/backbone.1.weight"))
          .isEqualTo(state.tensor("default/adam/exp_avg/encoder.1.weight"));
      assertThat(optimizer.state().updates()).containsEntry("default/backbone.0.weight", 2L);
    }
  }

  @Test
  void groupsAreRenamedToo() {
    OptimizerState state = after(Adam.lr(0.3), "w");
    try (var optimizer =
        Optimizer.over(Parameters.of(parameter("w", 1, 2)))
            .group("body", _ -> true, Adam.lr(0.1))
            .build()) {
      optimizer.load(state, LoadOptions.strict().renameGroup("default", "body"));
      assertThat(optimizer.group("body").get("lr")).isEqualTo(0.3);
      assertThat(optimizer.state().updates()).containsExactly(Map.entry("body/w", 2L));
    }
  }

  @Test
  void aPatternThatFitsNothingIsToldWithTheNamesThereAre() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    try (var optimizer = fresh(Adam.lr(0.1), "w")) {
      assertThatThrownBy(() -> optimizer.load(state, LoadOptions.lenient().rename("enc.*", "dec")))
          .hasMessage("nothing in the state is named as ['enc.*'] says; it has [default/w]");
    }
  }

  @Test
  void twoNamesThatBecomeOneAreRefused() {
    OptimizerState state = after(Sgd.lr(0.1), "a", "b");
    try (var optimizer = fresh(Sgd.lr(0.1), "a", "b")) {
      assertThatThrownBy(() -> optimizer.load(state, LoadOptions.lenient().rename("b", "a")))
          .hasMessage("'default/a' and 'default/b' would both be renamed to 'default/a'");
    }
  }

  @Test
  void leniencyTakesWhatFitsAndReportsTheRest() {
    OptimizerState state = after(Adam.lr(0.1), "kept", "gone", "reshaped");
    var reshaped = parameter("reshaped", 1, 2, 3);
    try (var optimizer =
        Optimizer.of(
            Adam.lr(0.1),
            Parameters.of(reshaped, parameter("kept", 1, 2), parameter("added", 5)))) {
      LoadReport report = optimizer.load(state, LoadOptions.lenient());
      assertThat(report.isComplete()).isFalse();
      assertThat(report)
          .hasToString(
              """
              1 of 3 parameters go on where they stood
              missing: default/added
              does not fit: default/reshaped: state 'default/adam/exp_avg/reshaped' has shape [2], here it needs [3]; state 'default/adam/exp_avg_sq/reshaped' has shape [2], here it needs [3]
              not known here: default/gone\
              """);
      OptimizerState loaded = optimizer.state();
      assertThat(loaded.tensor("default/adam/exp_avg/kept"))
          .isEqualTo(state.tensor("default/adam/exp_avg/kept"));
      assertThat(loaded.updates())
          .containsOnly(
              Map.entry("default/kept", 2L),
              Map.entry("default/added", 0L),
              Map.entry("default/reshaped", 0L));
      assertThat(loaded.tensor("default/adam/exp_avg/reshaped").toDoubles())
          .containsExactly(0, 0, 0);
    }
  }

  @Test
  void aParameterIsTakenOverWhollyOrNotAtAll() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    state.tensors().remove("default/adam/exp_avg_sq/w");
    try (var optimizer = fresh(Adam.lr(0.1), "w")) {
      LoadReport report = optimizer.load(state, LoadOptions.lenient());
      assertThat(report.unfit())
          .containsExactly(Map.entry("default/w", "state 'default/adam/exp_avg_sq/w' is missing"));
      assertThat(report.extra()).isEmpty();
      assertThat(optimizer.state().tensor("default/adam/exp_avg/w").toDoubles())
          .containsExactly(0, 0);
      assertThat(optimizer.state().updates()).containsEntry("default/w", 0L);
    }
  }

  @Test
  void aParameterIsFoundInWhateverGroupItWas() {
    OptimizerState state = after(AdamW.lr(0.5), "weight", "bias");
    try (var optimizer =
        Optimizer.over(
                Parameters.of(
                    parameter("bias", 1, 2), parameter("weight", 1, 2), parameter("head", 7)))
            .group("no decay", p -> p.name().equals("bias"), AdamW.lr(0.1).weightDecay(0))
            .otherwise(AdamW.lr(0.1))
            .build()) {
      LoadReport report = optimizer.load(state, LoadOptions.lenient());
      assertThat(report.loaded()).containsExactly("no decay/bias", "default/weight");
      assertThat(report.missing()).containsExactly("default/head");
      assertThat(report.extra()).isEmpty();
      assertThat(report.notes())
          .containsExactly("group 'no decay' keeps its hyperparameters, the state has none");
      assertThat(optimizer.state().tensor("no decay/adamw/exp_avg_sq/bias"))
          .isEqualTo(state.tensor("default/adamw/exp_avg_sq/bias"));
      assertThat(optimizer.group("no decay").get("lr")).isEqualTo(0.1);
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.5);
    }
  }

  @Test
  void anotherRulesStateIsNotTakenForOnesOwn() {
    OptimizerState state = after(Sgd.lr(0.1).momentum(0.9), "w");
    try (var optimizer = fresh(Adam.lr(0.2), "w")) {
      LoadReport report = optimizer.load(state, LoadOptions.lenient());
      assertThat(report.loaded()).isEmpty();
      assertThat(report.unfit()).containsOnlyKeys("default/w");
      assertThat(report.extra()).contains("default/sgd/momentum_buffer/w", "default/sgd.momentum");
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.2);
      assertThatThrownBy(() -> optimizer.load(state))
          .hasMessage("state does not fit: group 'default' is of sgd, here it is of adam");
    }
  }

  @Test
  void hyperparametersStayWhereThatIsAskedFor() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    try (var optimizer = fresh(Adam.lr(0.001), "w")) {
      LoadReport report = optimizer.load(state, LoadOptions.strict().keepHyperparameters());
      assertThat(report.isComplete()).isTrue();
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.001);
      assertThat(optimizer.state().updates()).containsEntry("default/w", 2L);
    }
  }

  @Test
  void whatNoHyperparameterCanBeIsToldAndLeftAlone() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    state.hyperparameters().put("default/adam.lr", "-1.0");
    try (var optimizer = fresh(Adam.lr(0.2), "w")) {
      LoadReport report = optimizer.load(state, LoadOptions.lenient());
      assertThat(report.notes())
          .containsExactly(
              "group 'default' keeps its hyperparameters: Adam.lr must be in [0, inf), got -1.0");
      assertThat(report.loaded()).containsExactly("default/w");
      assertThat(optimizer.group("default").get("lr")).isEqualTo(0.2);
    }
  }

  @Test
  void anotherTypeIsConverted() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    double[] exact = state.tensor("default/adam/exp_avg/w").toDoubles();
    try (var optimizer =
        Optimizer.over(Parameters.of(parameter("w", 1, 2)))
            .otherwise(Adam.lr(0.1))
            .backend("reference")
            .build()) {
      optimizer.load(state);
      StateTensor loaded = optimizer.state().tensor("default/adam/exp_avg/w");
      assertThat(loaded.type()).isEqualTo(NumberType.FLOAT64);
      assertThat(loaded.toDoubles()).containsExactly(exact);
    }
  }

  @Test
  void equalLengthsOfAnotherShapeAreTold() {
    OptimizerState state = after(Adam.lr(0.1), "w");
    var matrix = new ArrayParameter("w", List.of(1L, 2L), Buffer.of(new float[2]), null);
    try (var optimizer = Optimizer.of(Adam.lr(0.1), Parameters.of(matrix))) {
      assertThatThrownBy(() -> optimizer.load(state))
          .hasMessageContaining(
              "state 'default/adam/exp_avg/w' has shape [2], here it needs [1, 2]");
    }
  }

  @Test
  void aGroupsNameHasNoSlash() {
    assertThatThrownBy(() ->
            Optimizer.over(Parameters.of(parameter("w", 1)))
                .group("a/b", _ -> true, Sgd.lr(0.1))
                .build())
        .hasMessageContaining("a group is named 'a/b'")
        .hasMessageContaining("without a slash");
  }

  @Test
  void aReplacementThatAsksForBracketsThatAreNotThereIsRefused() {
    OptimizerState state = after(Sgd.lr(0.1), "w");
    try (var optimizer = fresh(Sgd.lr(0.1), "w")) {
      assertThatThrownBy(() -> optimizer.load(state, LoadOptions.strict().rename("(.*)", "$2")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'$2' cannot replace what '(.*)' fits: No group 2");
    }
  }
}
