package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.walk.Walk;

/** Keskar and Socher 2017, Algorithm 1. */
class SwatsTest {
  /** A tolerance that float32 can tell from zero. */
  private static final Swats RULE = Swats.lr(0.1).beta1(0.5).beta2(0.5).eps(1e-3);

  @Test
  void defaultsAreThePapers() {
    assertThat(Hyperparameters.standard(Swats.class)).isEqualTo(new Swats(1e-3, 0.9, 0.999, 1e-9));
  }

  /** Adam's rate along a gradient of 1 at update k: 0.1·√(1 − 0.5ᵏ)/(√(1 − 0.5ᵏ) + ε). */
  private static double gamma(int k) {
    double root = Math.sqrt(1 - Math.pow(0.5, k));
    return 0.1 * root / (root + 1e-3);
  }

  @Test
  void itSwitchesWhenTheProjectedRateHasSettledAndNotAtTheFirstUpdate() {
    // g = 1: p = −γ; at k = 1 the corrected mean is γ itself, which does not count
    // k = 2: (0.25γ₁ + 0.5γ₂)/0.75, within 1e-5 of γ₂: Λ; the momentum starts from 0
    double rate = (0.25 * gamma(1) + 0.5 * gamma(2)) / 0.75;
    double at = 1 - gamma(1) - gamma(2);
    Walk.of(RULE, 1)
        .step(1)
        .isAt(1 - gamma(1))
        .remembers("swats/exp_avg", 0.5)
        .step(1)
        .isAt(at)
        .remembers("swats/exp_avg", 0)
        // SGD: v = 0.5·0 + 3, θ − (1 − 0.5)Λv; v = 0.5·3 + 1
        .step(3)
        .remembers("swats/exp_avg", 3)
        .isAt(at - 0.5 * rate * 3)
        .step(1)
        .remembers("swats/exp_avg", 2.5)
        .isAt(at - 0.5 * rate * 5.5);
  }

  @Test
  void untilThenItIsAdam() {
    // Adam's eps stands beside √v̂, here beside √v: none, to compare them
    Walk swats = Walk.of(RULE.eps(0), 1);
    Walk adam = Walk.of(Adam.lr(0.1).beta1(0.5).beta2(0.5).eps(0), 1);
    // γ: 0.1; m̂ = 5/3, v̂ = 3
    double second = 1 - 0.1 - 0.1 * 5 / 3 / Math.sqrt(3);
    swats.step(1).isAt(0.9).step(2).isAt(second);
    adam.step(1).isAt(0.9).step(2).isAt(second);
  }

  @Test
  void aRateThatStillMovesDoesNotSwitch() {
    // γ₂ = p/g is far from γ₁ when the gradient doubles: 0.048 and 0.1
    Walk.of(RULE, 1).step(1).step(2).remembers("swats/exp_avg", 1.25);
  }

  @Test
  void withoutAGradientNothingIsLearntAboutTheRate() {
    // p·g = 0 at k = 2: no projected rate, and Adam goes on
    Walk.of(RULE, 1).step(1).step(0).remembers("swats/exp_avg", 0.25);
  }

  @Test
  void theWholeGroupDecidesTogether() {
    // a alone would switch at the second update; b's gradient doubles, as above
    double[] a = {1};
    double[] b = {1};
    double[] gradient = {1};
    double[] doubling = {1};
    try (var optimizer =
        Optimizer.over(
                Parameters.of(
                    ArrayParameter.of("a", a, gradient), ArrayParameter.of("b", b, doubling)))
            .otherwise(RULE)
            .backend("reference")
            .build()) {
      optimizer.step();
      doubling[0] = 2;
      optimizer.step();
      assertThat(optimizer.state().tensor("default/swats/exp_avg/a").toDoubles())
          .containsExactly(0.75);
      assertThat(optimizer.state().tensor("default/swats/phase").toDoubles()).containsExactly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void itSaysOnceWhenItSwitchesAndToWhatRate(String backend) {
    List<String> heard = new ArrayList<>();
    boolean exact = backend.equals("reference");
    var parameter =
        exact
            ? ArrayParameter.of("w", new double[] {1}, new double[] {1})
            : ArrayParameter.of("w", new float[] {1}, new float[] {1});
    try (var optimizer =
        Optimizer.over(Parameters.of(parameter))
            .otherwise(RULE)
            .backend(backend)
            .notices(heard::add)
            .build()) {
      optimizer.step();
      assertThat(heard).isEmpty();
      for (int i = 0; i < 5; i++) {
        optimizer.step();
      }
    }
    assertThat(heard).hasSize(1);
    String start = "swats: SGD from update 3 on, with lr ";
    assertThat(heard.getFirst()).startsWith(start);
    assertThat(Double.parseDouble(heard.getFirst().substring(start.length())))
        .isCloseTo((0.25 * gamma(1) + 0.5 * gamma(2)) / 0.75, within(exact ? 1e-15 : 1e-7));
  }

  @Test
  void afterTheSwitchTheRateOfAdamHasNoEffect() {
    double rate = (0.25 * gamma(1) + 0.5 * gamma(2)) / 0.75;
    Walk.of(RULE, 1)
        .step(1)
        .step(1)
        .set("lr", 7)
        .step(1)
        .isAt(1 - gamma(1) - gamma(2) - 0.5 * rate);
  }

  @Test
  void itTakesTwoPasses() {
    assertThat(Plan.of(Formula.of(RULE)).trips()).hasSize(2);
  }
}
