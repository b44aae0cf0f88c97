package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.FormulaException;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Fista;
import thalweg.rules.Nag;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.walk.Loose;

/** Gradients that a step computes itself, by a closure. */
class ClosureTest {
  private static final Nag NAG = Nag.lr(0.1).momentum(0.5);
  private static final double FLOAT = 1e-6;

  private static Optimizer over(Transformation rule, String backend, Parameter... parameters) {
    return Optimizer.over(Parameters.of(parameters)).otherwise(rule).backend(backend).build();
  }

  /** A group of nag and one of adam. */
  private static Optimizer two(String backend, Parameter nag, Parameter adam) {
    return Optimizer.over(Parameters.of(nag, adam))
        .group("ahead", p -> p == nag, NAG)
        .group("here", p -> p == adam, Adam.lr(0.1))
        .backend(backend)
        .build();
  }

  private static int[] bits(Parameter parameter) {
    Buffer value = parameter.value();
    int[] bits = new int[Math.toIntExact(value.length())];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits((float) value.get(i));
    }
    return bits;
  }

  private static double first(Parameter parameter) {
    return parameter.value().get(0);
  }

  static Stream<Transformation> ordinary() {
    return Stream.of(
        Sgd.lr(0.1).momentum(0.9),
        Adam.lr(0.1).amsgrad(true),
        Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.1)));
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void anOrdinaryRuleDoesTheSameHoweverItIsGivenTheGradients(Transformation rule) {
    for (String backend : List.of("reference", "block")) {
      boolean exact = backend.equals("reference");
      List<double[]> values = new ArrayList<>();
      List<OptimizerState> states = new ArrayList<>();
      for (int way = 0; way < 3; way++) {
        Parameter w =
            exact
                ? ArrayParameter.of("w", new double[] {1, -2, 3}, new double[3])
                : ArrayParameter.of("w", new float[] {1, -2, 3}, new float[3]);
        Squares squares = new Squares(w);
        try (var optimizer = over(rule, backend, w)) {
          assertThat(optimizer.needs()).isEqualTo(Needs.GRADIENTS);
          for (int k = 0; k < 5; k++) {
            switch (way) {
              case 0 -> {
                squares.gradient(0, 1);
                optimizer.step();
              }
              case 1 -> assertThat(optimizer.step(() -> squares.gradient(0, 1))).isPositive();
              default -> assertThat(optimizer.step(squares, 0, 1)).isPositive();
            }
          }
          values.add(w.value().toDoubles());
          states.add(optimizer.state());
        }
        assertThat(squares.calls).isEqualTo(5);
      }
      assertThat(values.get(1)).containsExactly(values.get(0));
      assertThat(values.get(2)).containsExactly(values.get(0));
      assertThat(states.get(1)).isEqualTo(states.get(0));
      assertThat(states.get(2)).isEqualTo(states.get(0));
    }
  }

  /** The mean over terms c of ½ ‖w − c‖². */
  private static final class Squares implements FiniteSum {
    private final Parameter w;
    private int calls;

    Squares(Parameter w) {
      this.w = w;
    }

    @Override
    public int size() {
      return 4;
    }

    @Override
    public double gradient(int... terms) {
      calls++;
      double loss = 0;
      Buffer gradient = java.util.Objects.requireNonNull(w.gradient());
      for (int i = 0; i < gradient.length(); i++) {
        double sum = 0;
        for (int term : terms) {
          double difference = w.value().get(i) - term;
          sum += difference;
          loss += difference * difference / 2 / terms.length;
        }
        gradient.set(i, sum / terms.length);
      }
      return loss;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void onlyTheGroupThatLooksAheadMovesWhileTheClosureRuns(String backend) {
    Loose ahead = new Loose("ahead", 1, -0.0f, 0.1f).gradient(1, 2, -3);
    Loose here = new Loose("here", 1, -2).gradient(1, 2);
    try (var optimizer = two(backend, ahead, here)) {
      optimizer.step(() -> 0);
      // u = 0.1 g
      int[] ours = bits(ahead);
      int[] others = bits(here);
      assertThatThrownBy(() ->
              optimizer.step(() -> {
                // (1 − 0.1) − 0.5·0.1; −0.2 − 0.1; (0.1 + 0.3) + 0.15
                assertThat(ahead.value().toDoubles())
                    .containsExactly(new double[] {0.85, -0.3, 0.55}, within(FLOAT));
                assertThat(bits(here)).containsExactly(others);
                throw new IllegalStateException("no data");
              }))
          .hasMessage("no data");
      assertThat(bits(ahead)).containsExactly(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aClosureThatFailsLeavesEverythingAsItWas(String backend) {
    Loose ahead = new Loose("ahead", 0.3f, -0.0f, Float.NaN, 1e-42f).gradient(1, 2, 3, 4);
    Loose here = new Loose("here", 1, -2).gradient(1, 2);
    Loose ahead2 = new Loose("ahead", 0.3f, -0.0f, Float.NaN, 1e-42f).gradient(1, 2, 3, 4);
    Loose here2 = new Loose("here", 1, -2).gradient(1, 2);
    try (var optimizer = two(backend, ahead, here);
        var spared = two(backend, ahead2, here2)) {
      for (int k = 0; k < 4; k++) {
        int[] before = bits(ahead);
        int[] others = bits(here);
        OptimizerState state = optimizer.state();
        DoubleSupplier failing =
            () -> {
              throw new OutOfMemoryError("in backward");
            };
        assertThatThrownBy(() -> optimizer.step(failing)).isInstanceOf(OutOfMemoryError.class);
        assertThat(bits(ahead)).containsExactly(before);
        assertThat(bits(here)).containsExactly(others);
        assertThat(optimizer.state()).isEqualTo(state);
        optimizer.step(() -> 0);
        spared.step(() -> 0);
        assertThat(bits(ahead)).containsExactly(bits(ahead2));
        assertThat(optimizer.state()).isEqualTo(spared.state());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aGradientThatDoesNotFitFailsBeforeTheFirstGroupIsTouched(String backend) {
    Loose ahead = new Loose("ahead", 1, 2).gradient(1, 2);
    Loose here = new Loose("here", 1, -2).gradient(1, 2);
    try (var optimizer = two(backend, ahead, here)) {
      optimizer.step(() -> 0);
      for (Buffer wrong :
          List.of(Buffer.allocate(3, NumberType.FLOAT32), Buffer.allocate(2, NumberType.FLOAT64))) {
        here.gradient(1, 2);
        int[] before = bits(ahead);
        OptimizerState state = optimizer.state();
        assertThatThrownBy(() ->
                optimizer.step(() -> {
                  here.gradientIn(wrong);
                  return 0;
                }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("the gradient of parameter 'here' is ")
            .hasMessageContaining("they must match");
        assertThat(bits(ahead)).containsExactly(before);
        assertThat(optimizer.state()).isEqualTo(state);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aParameterWithoutAGradientStandsStillAndGoesOnLater(String backend) {
    Loose one = new Loose("one", 1).gradient(1);
    Loose other = new Loose("other", 1).gradient(1);
    try (var optimizer = over(NAG, backend, one, other)) {
      optimizer.step(() -> 0); // both 0.9, u = 0.1
      optimizer.step(() -> {
        other.withoutGradient();
        return 0;
      });
      assertThat(first(one)).isCloseTo(0.75, within(FLOAT)); // u = 0.05 + 0.1
      assertThat(first(other)).isCloseTo(0.9, within(FLOAT));
      assertThat(optimizer.state().updates())
          .containsEntry("default/one", 2L)
          .containsEntry("default/other", 1L);
      optimizer.step(() -> {
        other.gradient(1);
        assertThat(first(one)).isCloseTo(0.675, within(FLOAT)); // 0.75 − 0.5·0.15
        assertThat(first(other)).isCloseTo(0.85, within(FLOAT)); // 0.9 − 0.5·0.1
        return 0;
      });
      assertThat(first(other)).isCloseTo(0.75, within(FLOAT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void eachParameterExtrapolatesByItsOwnCount(String backend) {
    Loose one = new Loose("p", 1);
    Loose late = new Loose("late", 1);
    Loose alone = new Loose("late", 1);
    List<Double> seen = new ArrayList<>();
    List<Double> seenAlone = new ArrayList<>();
    try (var both = over(new Fista(0.1, 0), backend, one, late);
        var single = over(new Fista(0.1, 0), backend, alone)) {
      for (int k = 0; k < 6; k++) {
        int update = k;
        both.step(() -> {
          one.gradient((float) first(one));
          if (update >= 2) {
            seen.add(first(late));
            late.gradient((float) first(late));
          }
          return 0;
        });
        if (update >= 2) {
          single.step(() -> {
            seenAlone.add(first(alone));
            alone.gradient((float) first(alone));
            return 0;
          });
        }
      }
    }
    assertThat(seen).hasSize(4).isEqualTo(seenAlone);
    assertThat(bits(late)).containsExactly(bits(alone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void memoryThatMovesInAClosureIsWhereTheNextLookAheadHappens(String backend) {
    Loose w = new Loose("w", 1).gradient(1);
    try (var optimizer = over(NAG, backend, w)) {
      optimizer.step(() -> 0); // 0.9, u = 0.1
      optimizer.step(() -> {
        w.move(Buffer.of(new float[] {0.9f}));
        return 0;
      });
      assertThat(first(w)).isCloseTo(0.75, within(FLOAT)); // u = 0.15
      double[] seen = {0};
      optimizer.step(() -> {
        seen[0] = first(w);
        return 0;
      });
      assertThat(seen[0]).isCloseTo(0.675, within(FLOAT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aStateThatIsLoadedMovesTheNextLookAhead(String backend) {
    Loose w = new Loose("w", 1).gradient(1);
    Loose again = new Loose("w", 1).gradient(1);
    try (var optimizer = over(new Fista(0.1, 0), backend, w);
        var other = over(new Fista(0.1, 0), backend, again)) {
      for (int k = 0; k < 3; k++) {
        optimizer.step(() -> 0);
      }
      other.step(() -> 0);
      again.value().copyFrom(w.value());
      other.load(optimizer.state());
      List<Double> seen = new ArrayList<>();
      optimizer.step(() -> seen.add(first(w)) ? 0 : 1);
      other.step(() -> seen.add(first(again)) ? 0 : 1);
      assertThat(seen.get(1)).isEqualTo(seen.get(0));
      assertThat(bits(again)).containsExactly(bits(w));
      assertThat(other.state()).isEqualTo(optimizer.state());
    }
  }

  @Test
  void aNumberThatIsSetBuildsNothingAnew() {
    Loose w = new Loose("w", 1).gradient(1);
    try (var optimizer = over(NAG, "block", w)) {
      Plan plan = optimizer.group("default").plan();
      for (int k = 0; k < 10; k++) {
        optimizer.group("default").set("lr", 0.01 * k);
        optimizer.group("default").set("momentum", 0.1 * k);
        optimizer.step(() -> 0);
      }
      assertThat(optimizer.group("default").plan()).isSameAs(plan);
    }
  }

  @Test
  void aRateMayBeSetInsideTheClosure() {
    Loose w = new Loose("w", 1).gradient(1);
    try (var optimizer = over(NAG, "block", w)) {
      optimizer.step(() -> 0);
      optimizer.step(() -> {
        optimizer.group("default").set("lr", 1);
        return 0;
      });
      assertThat(first(w)).isCloseTo(0.9 - 0.05 - 1, within(FLOAT));
    }
  }

  @Test
  void aSwitchMayBeSetInsideTheClosure() {
    Loose w = new Loose("w", 1).gradient(1);
    try (var optimizer =
        over(Specs.parse("scale_by_adam | nag(lr=0.1, momentum=0.5)"), "block", w)) {
      optimizer.step(() -> 0);
      optimizer.step(() -> {
        optimizer.group("default").set("amsgrad", true);
        return 0;
      });
      assertThat(first(w)).isCloseTo(0.75, within(FLOAT)); // the direction stays 1
    }
  }

  @Test
  void aClosureThatStepsLoadsOrClosesIsToldSo() {
    Loose w = new Loose("w", 1).gradient(1);
    Loose other = new Loose("other", 1).gradient(1);
    try (var optimizer = over(NAG, "block", w)) {
      optimizer.step(() -> 0);
      int[] before = bits(w);
      OptimizerState state = optimizer.state();
      for (Runnable wrong :
          List.<Runnable>of(
              optimizer::step,
              () -> optimizer.step(() -> 0),
              () -> optimizer.load(state),
              () -> optimizer.addGroup("other", Parameters.of(other), NAG),
              optimizer::close)) {
        assertThatThrownBy(() ->
                optimizer.step(() -> {
                  optimizer.zeroGrad(); // that is its business
                  wrong.run();
                  return 0;
                }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "a step is computing its gradients; a closure only computes them and returns the"
                    + " loss");
        assertThat(bits(w)).containsExactly(before);
        assertThat(optimizer.state()).isEqualTo(state);
      }
      w.gradient(1);
      optimizer.step(() -> 0);
      assertThat(first(w)).isCloseTo(0.75, within(FLOAT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void anUpdateThatIsSkippedComesBackFromTheLookAheadPointToo(String backend) {
    Loose w = new Loose("w", 1).gradient(1);
    try (var optimizer =
        over(Specs.parse("skip_nonfinite | nag(lr=0.1, momentum=0.5)"), backend, w)) {
      optimizer.step(() -> 0);
      int[] before = bits(w);
      optimizer.step(() -> {
        w.gradient(Float.NaN);
        return 0;
      });
      assertThat(bits(w)).containsExactly(before);
      optimizer.step(() -> {
        w.gradient(1);
        assertThat(first(w)).isCloseTo(0.85, within(FLOAT));
        return 0;
      });
      assertThat(first(w)).isCloseTo(0.75, within(FLOAT));
    }
  }

  @Test
  void accumulatedGradientsAreAllTakenAtOneLookAheadPoint() {
    Loose w = new Loose("w", 1).gradient(1);
    List<Double> seen = new ArrayList<>();
    try (var optimizer =
        over(Specs.parse("accumulate(2) | nag(lr=0.1, momentum=0.5)"), "block", w)) {
      for (int k = 0; k < 6; k++) {
        optimizer.step(() -> seen.add(first(w)) ? 0 : 1);
      }
    }
    assertThat(seen.get(1)).isEqualTo(seen.get(0));
    assertThat(seen.get(3)).isEqualTo(seen.get(2)).isCloseTo(0.85, within(FLOAT));
    assertThat(seen.get(5)).isEqualTo(seen.get(4));
  }

  @Test
  void aPlainStepSaysWhatTheRuleNeeds() {
    Loose w = new Loose("w", 1).gradient(1);
    try (var alone = over(NAG, "block", w);
        var chain = over(Chain.of(new ClipByGlobalNorm(1), NAG), "block", w)) {
      assertThat(alone.needs()).isEqualTo(Needs.CLOSURE);
      assertThatThrownBy(alone::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("nag takes the gradient elsewhere; call step(closure)");
      assertThatThrownBy(chain::step)
          .hasMessage(
              "the chain of group 'default' takes the gradient elsewhere; call step(closure)");
      assertThat(first(w)).isEqualTo(1);
    }
  }

  @Test
  void aGroupAddedLaterMayLookAheadToo() {
    Loose body = new Loose("body", 1).gradient(1);
    Loose head = new Loose("head", 1).gradient(1);
    try (var optimizer = over(Sgd.lr(0.1), "block", body)) {
      optimizer.step();
      optimizer.addGroup("head", Parameters.of(head), NAG);
      assertThat(optimizer.needs()).isEqualTo(Needs.CLOSURE);
      assertThatThrownBy(optimizer::step)
          .hasMessage("nag takes the gradient elsewhere; call step(closure)");
      optimizer.step(() -> 0);
      optimizer.step(() -> {
        assertThat(first(head)).isCloseTo(0.85, within(FLOAT));
        assertThat(first(body)).isCloseTo(0.8, within(FLOAT));
        return 0;
      });
      assertThat(first(head)).isCloseTo(0.75, within(FLOAT));
      assertThat(first(body)).isCloseTo(0.7, within(FLOAT));
    }
  }

  @Test
  void aChainLooksAheadOnce() {
    assertThatThrownBy(() -> over(Chain.of(NAG, NAG), "block", new Loose("w", 1)))
        .isInstanceOf(FormulaException.class);
  }

  @Test
  void aClosedOptimizerDoesNotCallTheClosure() {
    Loose w = new Loose("w", 1).gradient(1);
    var optimizer = over(NAG, "block", w);
    optimizer.close();
    assertThatThrownBy(() ->
            optimizer.step(() -> {
              throw new AssertionError("called");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
