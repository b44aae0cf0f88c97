package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.walk.Loose;

class OptimizerTest {
  private static final Adam ADAM = Adam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aParameterWithoutAGradientIsSkippedAndItsTimeStandsStill(String backend) {
    var early = new Loose("early", 1).gradient(2);
    var late = new Loose("late", 1);
    try (var optimizer =
        Optimizer.over(Parameters.of(early, late)).otherwise(ADAM).backend(backend).build()) {
      optimizer.step();
      assertThat(early.value().get(0)).isCloseTo(0.92, within(1e-6));
      assertThat(late.value().get(0)).isEqualTo(1);
      // late's first step is a first step: 2/2.5; early's second has m̂ = 2/3, v̂ = 12/7
      early.gradient(0);
      late.gradient(2);
      optimizer.step();
      double second = 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5);
      assertThat(early.value().get(0)).isCloseTo(0.92 - 0.1 * second, within(1e-6));
      assertThat(late.value().get(0)).isCloseTo(0.92, within(1e-6));
      // early stands still while late makes its second step
      early.withoutGradient();
      late.gradient(0);
      optimizer.step();
      assertThat(early.value().get(0)).isCloseTo(0.92 - 0.1 * second, within(1e-6));
      assertThat(late.value().get(0)).isCloseTo(0.92 - 0.1 * second, within(1e-6));
      assertThat(optimizer.state().updates())
          .containsEntry("default/early", 2L)
          .containsEntry("default/late", 2L);
    }
  }

  @Test
  void withNoGradientAtAllAStepDoesNothing() {
    var parameter = new Loose("w", 1);
    try (var optimizer = Optimizer.of(ADAM, Parameters.of(parameter))) {
      optimizer.step();
      assertThat(parameter.value().get(0)).isEqualTo(1);
      assertThat(optimizer.state().updates()).containsEntry("default/w", 0L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void memoryMayMoveBetweenSteps(String backend) {
    var parameter = new Loose("w", 1).gradient(1);
    try (var optimizer =
        Optimizer.over(Parameters.of(parameter))
            .otherwise(Sgd.lr(0.1).momentum(0.9))
            .backend(backend)
            .build()) {
      optimizer.step();
      float[] moved = {0.9f};
      parameter.move(Buffer.of(moved)).gradient(0.5f);
      optimizer.step();
      assertThat(moved[0]).isCloseTo(0.76f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aGradientOfAnotherLengthIsRefusedBeforeAnythingMoves(String backend) {
    var first = new Loose("a", 1).gradient(1);
    var second = new Loose("b", 1, 2).gradient(1, 1, 1);
    try (var optimizer = twoGroups(first, second, backend)) {
      OptimizerState before = optimizer.state();
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the gradient of parameter 'b' is 3 x FLOAT32 in a Java array, its values are 2 x"
                  + " FLOAT32 in a Java array; they must match");
      assertThat(first.value().get(0)).isEqualTo(1);
      assertThat(optimizer.state()).isEqualTo(before);
      // and it goes on as if nothing had happened once the gradient is right
      second.gradient(1, 1);
      optimizer.step();
      assertThat(first.value().get(0)).isCloseTo(0.9, within(1e-6));
      assertThat(second.value().get(1)).isCloseTo(1.9, within(1e-6));
      assertThat(optimizer.state().updates()).containsEntry("one/a", 1L);
    }
  }

  @Test
  void aGradientOfAnotherTypeIsRefusedBeforeAnythingMoves() {
    var first = new Loose("a", 1).gradient(1);
    var second = new Loose("b", 1).gradientIn(Buffer.of(new double[] {1}));
    try (var optimizer = twoGroups(first, second, "block")) {
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the gradient of parameter 'b' is 1 x FLOAT64")
          .hasMessageEndingWith("they must match");
      assertThat(first.value().get(0)).isEqualTo(1);
      assertThat(optimizer.state().updates()).containsEntry("one/a", 0L);
    }
  }

  @Test
  void aParameterThatChangedItsLengthIsRefusedBeforeAnythingMoves() {
    var first = new Loose("a", 1).gradient(1);
    var second = new Loose("b", 1).gradient(1);
    try (var optimizer = twoGroups(first, second, "block")) {
      second.move(Buffer.of(new float[2])).gradient(1, 1);
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter 'b' was [1] when the optimizer was made, it is [2] now; make a new"
                  + " optimizer after changing shapes");
      assertThat(first.value().get(0)).isEqualTo(1);
    }
  }

  @Test
  void aParameterThatChangedItsTypeIsRefusedBeforeAnythingMoves() {
    var first = new Loose("a", 1).gradient(1);
    var second = new Loose("b", 1).gradient(1);
    try (var optimizer = twoGroups(first, second, "block")) {
      second.move(Buffer.of(new double[1])).gradientIn(Buffer.of(new double[1]));
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter 'b' was FLOAT32 when the optimizer was made, it is FLOAT64 now; make a new"
                  + " optimizer after changing types");
      assertThat(first.value().get(0)).isEqualTo(1);
      assertThat(optimizer.state().updates()).containsEntry("one/a", 0L);
    }
  }

  private static Optimizer twoGroups(Parameter first, Parameter second, String backend) {
    return Optimizer.over(Parameters.of(first, second))
        .group("one", p -> p == first, Sgd.lr(0.1).momentum(0.9))
        .otherwise(Sgd.lr(0.1).momentum(0.9))
        .backend(backend)
        .build();
  }

  @Test
  void float64IsForTheReferenceOnly() {
    var parameters = Parameters.of(ArrayParameter.of("w", new double[] {1}, new double[] {1}));
    assertThatThrownBy(() -> Optimizer.over(parameters).otherwise(ADAM).backend("block").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parameter 'w' is FLOAT64, which only backend reference takes; choose it or use"
                + " FLOAT32");
    try (var optimizer = Optimizer.over(parameters).otherwise(ADAM).backend("reference").build()) {
      optimizer.step();
      assertThat(optimizer.backend()).isEqualTo("reference");
    }
  }

  @Test
  void anUnknownBackendIsAnsweredWithTheKnownOnes() {
    var parameters = Parameters.of(ArrayParameter.of("w", new float[1], new float[1]));
    assertThatThrownBy(() -> Optimizer.over(parameters).otherwise(ADAM).backend("cuda").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown backend 'cuda'; there are auto, reference, ")
        .hasMessageContaining("block");
  }

  @Test
  void aBackendChosenByNameIsTheOneThatRuns() {
    var parameters = Parameters.of(ArrayParameter.of("w", new float[1], new float[1]));
    try (var optimizer = Optimizer.over(parameters).otherwise(ADAM).backend("block").build()) {
      assertThat(optimizer.backend()).isEqualTo("block");
      assertThat(optimizer.backendReason()).isEqualTo("chosen by name");
    }
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    var parameters = Parameters.of(ArrayParameter.of("w", new float[1], new float[1]));
    assertThatThrownBy(() -> Optimizer.over(parameters).otherwise(ADAM).threads(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be in [1, 1024], got 0");
  }

  @Test
  void gradientsAreZeroedInPlace() {
    float[] gradient = {1, Float.NaN, -3};
    Buffer natively = Buffer.allocate(2, NumberType.FLOAT32);
    natively.set(1, 5);
    var without = new Loose("c", 1);
    try (var optimizer =
        Optimizer.of(
            Sgd.lr(0.1),
            Parameters.of(
                ArrayParameter.of("a", new float[3], gradient),
                new Loose("b", 1, 2).gradientIn(natively),
                without))) {
      optimizer.zeroGrad();
      assertThat(gradient).containsExactly(0, 0, 0);
      assertThat(natively.get(1)).isZero();
      assertThat(without.gradient()).isNull();
    }
  }

  @Test
  void plainArraysAreTrainedInPlace() {
    float[][] values = {{1}, {2, 3}};
    float[][] gradients = {{1}, {1, -1}};
    try (var optimizer = Optimizer.of(Sgd.lr(0.5), Parameters.of(values, gradients))) {
      optimizer.step();
      assertThat(values[0]).containsExactly(0.5f);
      assertThat(values[1]).containsExactly(1.5f, 3.5f);
    }
  }

  @Test
  void asManyGradientsAsValuesAreNeeded() {
    assertThatThrownBy(() -> Parameters.of(new float[2][1], new float[3][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 arrays of values but 3 of gradients");
  }

  @Test
  void aClosedOptimizerHasGivenItsStateBackAndSaysSo() {
    var optimizer =
        Optimizer.of(
            Adam.lr(0.1), Parameters.of(ArrayParameter.of("w", new float[3], new float[3])));
    optimizer.step();
    optimizer.close();
    optimizer.close();
    assertThatThrownBy(optimizer::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the optimizer is closed, its state is gone; make a new one");
    assertThatThrownBy(optimizer::state).isInstanceOf(IllegalStateException.class);
  }
}
