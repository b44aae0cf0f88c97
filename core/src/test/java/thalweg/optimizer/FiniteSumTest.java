package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Transformation;
import thalweg.rules.Adam;
import thalweg.rules.Nag;
import thalweg.rules.Saga;
import thalweg.rules.Sgd;
import thalweg.rules.Svrg;
import thalweg.text.Specs;
import thalweg.walk.LeastSquares;
import thalweg.walk.Loose;

/** Steps that are given the terms of the loss. */
class FiniteSumTest {
  private static Optimizer over(Transformation rule, String backend, LeastSquares sum) {
    return Optimizer.over(sum.parameters()).otherwise(rule).backend(backend).build();
  }

  private static Optimizer over(Transformation rule, LeastSquares sum) {
    return over(rule, "reference", sum);
  }

  /** A sum that fails at one of its calls. */
  private record Failing(FiniteSum sum, int[] left) implements FiniteSum {
    @Override
    public int size() {
      return sum.size();
    }

    @Override
    public double gradient(int... terms) {
      if (left[0]-- == 0) {
        throw new IllegalStateException("no data");
      }
      return sum.gradient(terms);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          reference; svrg(lr=0.01, inner=2)
          block;     svrg(lr=0.01, inner=2)
          reference; saga(lr=0.01, terms=20)
          block;     saga(lr=0.01, terms=20)
          block;     sag(lr=0.01, terms=20)
          block;     nag(lr=0.01)
          block;     skip_nonfinite | svrg(lr=0.01, inner=2)
          """)
  void aSumThatFailsAnywhereLeavesEverythingAsItWas(String backend, String spec) {
    LeastSquares sum = LeastSquares.twenty(backend.equals("reference"));
    LeastSquares other = LeastSquares.twenty(backend.equals("reference"));
    try (var optimizer = over(Specs.parse(spec), backend, sum);
        var spared = over(Specs.parse(spec), backend, other)) {
      for (int k = 0; k < 5; k++) {
        other.forget();
        double[] start = sum.at();
        OptimizerState state = optimizer.state();
        spared.step(other, k % 3);
        for (int call = 0; call < other.asked().size(); call++) {
          FiniteSum failing = new Failing(sum, new int[] {call});
          int term = k % 3;
          assertThatThrownBy(() -> optimizer.step(failing, term)).hasMessage("no data");
          assertThat(sum.at()).containsExactly(start);
          assertThat(optimizer.state()).isEqualTo(state);
        }
        optimizer.step(sum, k % 3);
        assertThat(sum.at()).containsExactly(other.at());
        assertThat(optimizer.state()).isEqualTo(spared.state());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aParameterThatIsNeverTrainedStandsStillAtTheSnapshotToo(String backend) {
    Loose w = new Loose("w", 1);
    Loose frozen = new Loose("frozen", 5);
    List<Double> seen = new ArrayList<>();
    FiniteSum sum = products(w, frozen, seen);
    try (var optimizer =
        Optimizer.over(Parameters.of(w, frozen))
            .otherwise(new Svrg(0.01, 3))
            .backend(backend)
            .build()) {
      for (int k = 0; k < 5; k++) {
        optimizer.step(sum, 0);
      }
    }
    assertThat(seen).hasSize(2 * 5 + 2).containsOnly(5.0);
    // of ½ (5w)²: two snapshots, and one term, so that each step is by the full gradient 25 w
    assertThat(w.value().get(0)).isCloseTo(Math.pow(0.75, 5), within(1e-6));
  }

  /** One term, ½ (w · other)², whose gradient goes to w only. */
  private static FiniteSum products(Loose w, Loose other, List<Double> seen) {
    return new FiniteSum() {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public double gradient(int... terms) {
        double factor = other.value().get(0);
        seen.add(factor);
        w.gradient((float) (w.value().get(0) * factor * factor));
        return 0;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void groupsOfAllKindsStepTogether(String backend) {
    Loose terms = new Loose("terms", 1).gradient(1);
    Loose ahead = new Loose("ahead", 1).gradient(1);
    Loose here = new Loose("here", 1).gradient(1);
    List<Double> seen = new ArrayList<>();
    FiniteSum sum =
        new FiniteSum() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public double gradient(int... asked) {
            seen.add(ahead.value().get(0));
            return 0.5;
          }
        };
    try (var optimizer =
        Optimizer.over(Parameters.of(terms, ahead, here))
            .group("terms", p -> p == terms, new Saga(0.1, 3))
            .group("ahead", p -> p == ahead, Nag.lr(0.1).momentum(0.5))
            .otherwise(Sgd.lr(0.1))
            .backend(backend)
            .build()) {
      assertThat(optimizer.needs()).isEqualTo(Needs.TERMS);
      assertThat(optimizer.step(sum, 2)).isEqualTo(0.5);
      optimizer.step(sum, 2);
      // saga: 1, then 1 − 1 + 1/3; nag: 0.1, then 0.15; sgd: 0.1 twice
      assertThat(terms.value().get(0)).isCloseTo(1 - 0.1 - 0.1 / 3, within(1e-6));
      assertThat(ahead.value().get(0)).isCloseTo(0.75, within(1e-6));
      assertThat(here.value().get(0)).isCloseTo(0.8, within(1e-6));
      assertThat(seen.get(1)).isCloseTo(0.85, within(1e-6));
    }
  }

  @Test
  void aWrongGradientAnywhereFailsBeforeWhatIsRememberedIsTouched() {
    Loose one = new Loose("one", 1).gradient(1);
    Loose other = new Loose("other", 1, 2).gradient(1, 1);
    FiniteSum sum =
        new FiniteSum() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public double gradient(int... asked) {
            return 0;
          }
        };
    try (var optimizer =
        Optimizer.over(Parameters.of(one, other))
            .group("saga", p -> p == one, new Saga(0.1, 3))
            .otherwise(Adam.lr(0.1))
            .backend("block")
            .build()) {
      optimizer.step(sum, 1);
      OptimizerState state = optimizer.state();
      double before = one.value().get(0);
      other.gradient(1);
      one.gradient(7);
      assertThatThrownBy(() -> optimizer.step(sum, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the gradient of parameter 'other' is 1 x");
      assertThat(optimizer.state()).isEqualTo(state);
      assertThat(one.value().get(0)).isEqualTo(before);
    }
  }

  @Test
  void aRateThatIsSetBetweenUpdatesKeepsWhatIsRemembered() {
    // gradients w − 1 and 4w − 6: 0.1 after term 0; term 1 at rate 0.2: 0.1 + 0.2·6.1
    LeastSquares sum = LeastSquares.two(true);
    try (var optimizer = over(new Saga(0.1, 2), sum)) {
      optimizer.step(sum, 0);
      optimizer.group("default").set("lr", 0.2);
      optimizer.step(sum, 1);
      assertThat(sum.at()[0]).isCloseTo(1.32, within(1e-12));
    }
  }

  @Test
  void aStepThatIsGivenTooLittleSaysWhatIsNeeded() {
    LeastSquares sum = LeastSquares.two(true);
    for (Transformation rule : List.of(new Saga(0.1, 2), new Svrg(0.1, 2))) {
      try (var optimizer = over(rule, sum)) {
        String message = rule.name() + " needs to know the terms of the loss; call step(sum, term)";
        assertThatThrownBy(optimizer::step)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(message);
        assertThatThrownBy(() ->
                optimizer.step(() -> {
                  throw new AssertionError("called");
                }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(message);
      }
    }
  }

  @Test
  void termsThatDoNotFitAreRefusedBeforeAnyGradient() {
    LeastSquares sum = LeastSquares.two(true);
    try (var saga = over(new Saga(0.1, 2), sum);
        var other = over(new Saga(0.1, 3), sum);
        var sgd = over(Sgd.lr(0.1), sum)) {
      assertThatThrownBy(() -> saga.step(sum, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "saga takes one term an update, got 2; make each mini-batch one term of the sum");
      assertThatThrownBy(() -> other.step(sum, 0))
          .hasMessage("saga was made for 3 terms, the sum has 2; make it with as many");
      for (int term : new int[] {-1, 2}) {
        assertThatThrownBy(() -> sgd.step(sum, 0, term))
            .hasMessage("term %d is not one of the sum, which has 0 to 1".formatted(term));
      }
      assertThatThrownBy(() -> sgd.step(sum))
          .hasMessage("an update needs at least one term of the sum");
      assertThatThrownBy(() -> Regime.full().update(saga, sum)).hasMessageContaining("got 2");
    }
    assertThat(sum.asked()).isEmpty();
    assertThat(sum.at()).containsExactly(0);
  }

  @Test
  void aSumOfNoTermsIsRefused() {
    FiniteSum none =
        new FiniteSum() {
          @Override
          public int size() {
            return 0;
          }

          @Override
          public double gradient(int... terms) {
            throw new AssertionError("called");
          }
        };
    try (var sgd = over(Sgd.lr(0.1), LeastSquares.two(true))) {
      assertThatThrownBy(() -> sgd.step(none, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a sum of no terms has no gradient");
    }
  }

  @Test
  void aTableOfAnotherLengthDoesNotLoad() {
    LeastSquares sum = LeastSquares.two(true);
    try (var two = over(new Saga(0.1, 2), sum);
        var three = over(new Saga(0.1, 3), sum)) {
      two.step(sum, 1);
      three.load(two.state()); // the hyperparameter comes with the state
      assertThat(three.state()).isEqualTo(two.state());
      three.step(sum, 0);
      OptimizerState bent = two.state();
      bent.tensors().put("default/saga/gradients/w", StateTensor.of(new double[3]));
      assertThatThrownBy(() -> two.load(bent))
          .hasMessageContaining(
              "state 'default/saga/gradients/w' has shape [3], here it needs [2, 1]");
    }
  }
}
