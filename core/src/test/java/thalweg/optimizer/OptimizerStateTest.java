package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;
import thalweg.walk.Loose;

class OptimizerStateTest {
  private static Optimizer optimizer(Parameter... parameters) {
    return Optimizer.over(Parameters.of(parameters))
        .group("bias", p -> p.name().endsWith("bias"), Sgd.lr(0.1).momentum(0.9))
        .otherwise(AdamW.lr(0.1))
        .build();
  }

  private static Parameter[] parameters() {
    return new Parameter[] {
      new Loose("weight", 1, 2, 3).gradient(1, -1, 2), new Loose("bias", 1).gradient(1)
    };
  }

  @Test
  void stateIsKeyedByGroupRuleStateAndParameter() {
    try (var optimizer = optimizer(parameters())) {
      optimizer.step();
      OptimizerState state = optimizer.state();
      assertThat(state.tensors())
          .containsOnlyKeys(
              "bias/sgd/momentum_buffer/bias",
              "default/adamw/exp_avg/weight",
              "default/adamw/exp_avg_sq/weight");
      assertThat(state.tensor("bias/sgd/momentum_buffer/bias").toDoubles()).containsExactly(1);
      assertThat(state.updates())
          .containsOnly(Map.entry("bias/bias", 1L), Map.entry("default/weight", 1L));
      assertThat(state.hyperparameters())
          .containsEntry("bias/sgd.lr", "0.1")
          .containsEntry("bias/sgd.nesterov", "false")
          .containsEntry("default/adamw.weight_decay", "0.01");
    }
  }

  @Test
  void aStateIsACopy() {
    try (var optimizer = optimizer(parameters())) {
      optimizer.step();
      OptimizerState before = optimizer.state();
      optimizer.step();
      assertThat(before.tensor("bias/sgd/momentum_buffer/bias").toDoubles()).containsExactly(1);
      assertThat(before.updates()).containsEntry("bias/bias", 1L);
      assertThat(before).isNotEqualTo(optimizer.state());
    }
  }

  @Test
  void whatOneOptimizerRemembersAnotherGoesOnWith() {
    Parameter[] straight = parameters();
    Parameter[] resumed = parameters();
    try (var one = optimizer(straight);
        var first = optimizer(resumed);
        var second = optimizer(resumed)) {
      one.group("default").set("lr", 0.05);
      first.group("default").set("lr", 0.05);
      one.step();
      one.step();
      first.step();
      second.load(first.state());
      assertThat(second.group("default").get("lr")).isEqualTo(0.05);
      second.step();
      assertThat(second.state()).isEqualTo(one.state());
    }
    for (int i = 0; i < straight.length; i++) {
      assertThat(resumed[i].value().toDoubles()).isEqualTo(straight[i].value().toDoubles());
    }
  }

  @Test
  void orderOfParametersDoesNotMatter() {
    Parameter[] given = parameters();
    try (var one = optimizer(given[0], given[1]);
        var other = optimizer(given[1], given[0])) {
      one.step();
      other.load(one.state());
      assertThat(other.state()).isEqualTo(one.state());
    }
  }

  @Test
  void aParameterThatComesLaterKeepsItsOwnTime() {
    var early = new Loose("early", 1).gradient(1);
    var late = new Loose("late", 1);
    try (var one = Optimizer.of(Adam.lr(0.1).eps(0), Parameters.of(early, late));
        var other = Optimizer.of(Adam.lr(0.1).eps(0), Parameters.of(early, late))) {
      one.step();
      one.step();
      other.load(one.state());
      late.gradient(3);
      other.step();
      // its first step is as long as the rate
      assertThat((float) late.value().get(0)).isEqualTo(0.9f);
    }
  }

  @Test
  void switchesAndTermsThatCameAndWentAreTakenOver() {
    var rule = Sgd.lr(0.1).momentum(0.9).weightDecay(0.5);
    var gradient = new float[] {1, -2};
    var first = new float[] {1, 2};
    var second = new float[2];
    try (var one = Optimizer.of(rule, Parameters.of(ArrayParameter.of("w", first, gradient)));
        var other = Optimizer.of(rule, Parameters.of(ArrayParameter.of("w", second, gradient)))) {
      one.step();
      one.group("default").set("nesterov", true);
      one.group("default").set("weight_decay", 0);
      one.step();
      other.load(one.state());
      System.arraycopy(first, 0, second, 0, 2);
      one.step();
      other.step();
      assertThat(second).isEqualTo(first);
      assertThat(other.group("default").get("nesterov")).isEqualTo(true);
      assertThat(other.state()).isEqualTo(one.state());
    }
  }

  @Test
  void everyMissingAndEveryUnknownNameIsTold() {
    refused(
        state -> {
          state.tensors().remove("default/adamw/exp_avg/weight");
          state.tensors().put("default/adamw/exp_avg/wait", StateTensor.of(0, 0, 0));
          state.updates().remove("bias/bias");
        },
        "state does not fit: parameter 'bias/bias' is missing; state 'default/adamw/exp_avg/weight'"
            + " is missing; state 'default/adamw/exp_avg/wait' is not known here");
  }

  @Test
  void aMissingHyperparameterIsTold() {
    refused(
        state -> state.hyperparameters().remove("bias/sgd.lr"),
        "state does not fit: hyperparameter 'bias/sgd.lr' is missing");
  }

  @Test
  void anotherShapeIsToldWithBothShapes() {
    refused(
        state ->
            state.tensors().put("bias/sgd/momentum_buffer/bias", StateTensor.of(new double[7])),
        "state does not fit: state 'bias/sgd/momentum_buffer/bias' has shape [7], here it needs"
            + " [1]");
  }

  @Test
  void aHyperparameterOutOfRangeIsRefusedBeforeAnythingIsChanged() {
    refused(
        state -> {
          state.tensors().put("bias/sgd/momentum_buffer/bias", StateTensor.of(99));
          state.hyperparameters().put("default/adamw.lr", "-1.0");
        },
        "state does not fit: hyperparameters of group 'default': AdamW.lr must be in [0, inf), got"
            + " -1.0");
  }

  @Test
  void aTimeBelowZeroIsRefusedBeforeAnythingIsChanged() {
    refused(
        state -> state.updates().put("bias/bias", -1L),
        "state does not fit: parameter 'bias/bias' has had -1 updates");
  }

  /** A state that was tampered with is refused, and nothing has been changed then. */
  private static void refused(Consumer<OptimizerState> tamper, String message) {
    try (var optimizer = optimizer(parameters())) {
      optimizer.step();
      OptimizerState before = optimizer.state();
      OptimizerState given = optimizer.state();
      var tampered =
          new OptimizerState(
              new LinkedHashMap<>(given.tensors()),
              new LinkedHashMap<>(given.updates()),
              new LinkedHashMap<>(given.hyperparameters()),
              new LinkedHashMap<>(given.progress()));
      tamper.accept(tampered);
      assertThatThrownBy(() -> optimizer.load(tampered))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThat(optimizer.state()).isEqualTo(before);
    }
  }
}
