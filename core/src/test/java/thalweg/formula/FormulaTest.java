package thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.ClipByValue;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.Ema;
import thalweg.walk.Walk;

class FormulaTest {
  /** A transformation written down in a test. */
  private record Custom(String name, BiFunction<Tensor, Step, Tensor> body)
      implements Transformation {
    @Override
    public Tensor apply(Tensor direction, Step step) {
      return body.apply(direction, step);
    }
  }

  private static void refused(Transformation rule, String message) {
    assertThatThrownBy(() -> Formula.of(rule))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @Test
  void aChainThatMovesNothingIsRefused() {
    refused(
        Chain.of(new ClipByValue(1), new Ema(0.9)),
        "nothing moves the parameter; end the chain with descend(lr) or a named optimizer such as"
            + " adam");
    refused(
        Chain.of(),
        "nothing moves the parameter; end the chain with descend(lr) or a named optimizer such as"
            + " adam");
  }

  @Test
  void aChainInTheWrongOrderIsExplained() {
    String moved = " stands after adam, which has already moved the parameter; put it before";
    String altered =
        " compares gradients of single terms, so nothing that alters one of them may stand before"
            + " it; remove what does";
    explained("adam | freeze", "freeze" + moved);
    explained("adam | skip_nonfinite", "skip_nonfinite" + moved);
    explained("adam | decay_weights(0.1)", "decay_weights" + moved);
    explained(
        "lookahead | adam", "lookahead stands before the descent; put it after the optimizer");
    explained("accumulate(3) | saga(terms=4)", "saga" + altered);
    explained("clip_by_global_norm(1) | svrg(inner=5)", "svrg" + altered);
  }

  private static void explained(String chain, String message) {
    assertThatThrownBy(() -> Formula.of(Specs.parse(chain)))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @Test
  void aChainThatMovesTwiceIsRefused() {
    refused(
        Chain.of(Sgd.lr(0.1), new Descend(0.1)),
        "descend descends after sgd has; a chain moves the parameter once: remove one of them");
    refused(
        Chain.of(Adam.lr(0.1), Adam.lr(0.2)),
        "adam descends after adam has; a chain moves the parameter once: remove one of them");
  }

  @Test
  void aDirectionIsNotUsedAfterTheDescent() {
    refused(
        Chain.of(Sgd.lr(0.1), new ClipByValue(1)),
        "clip_by_value stands after sgd, which has already used the direction; put it before");
    refused(
        Chain.of(new Descend(0.1), new AddDecayedWeights(1)),
        "add_decayed_weights stands after descend, which has already used the direction; put it"
            + " before");
  }

  @Test
  void aDecayAfterTheDescentIsRefused() {
    refused(
        Chain.of(Sgd.lr(0.1), new DecayWeights(0.1)),
        "decay_weights stands after sgd, which has already moved the parameter; put it before");
  }

  @Test
  void aStateWithoutANextValueIsRefused() {
    refused(
        new Custom(
            "lazy", (g, s) -> s.descend(s.state("m", "m", 0).old().plus(g), s.hyper("lr", 1))),
        "state 'lazy/m' is given a next value 0 times; call becomes(...) exactly once");
  }

  @Test
  void aStateWithTwoNextValuesIsRefused() {
    refused(
        new Custom(
            "eager",
            (g, s) -> {
              State m = s.state("m", "m", 0);
              m.becomes(g);
              return s.descend(m.becomes(g.plus(g)), s.hyper("lr", 1));
            }),
        "state 'eager/m' is given a next value 2 times; call becomes(...) exactly once");
  }

  @Test
  void twoStatesOfOneNameAreRefused() {
    refused(
        new Custom(
            "twin",
            (g, s) -> {
              s.state("m", "m", 0).becomes(g);
              return s.descend(s.state("m", "m", 0).becomes(g), s.hyper("lr", 1));
            }),
        "state 'twin/m' is declared twice; give each its own name");
  }

  @Test
  void nestedChainsAreOneFlatChain() {
    assertThat(Chain.of(Chain.of(new ClipByValue(1), new Ema(0.5)), new Descend(1)))
        .isEqualTo(Chain.of(new ClipByValue(1), new Ema(0.5), new Descend(1)));
  }

  @Test
  void twoLinksOfOneNameKeepSeparateStatesAndHyperparameters() {
    // mean 1: 0.5·4 = 2, mean 2: 0.25·2 = 0.5; then 1 and 0.375 + 0.25 = 0.625
    Walk.of(Chain.of(new Ema(0.5), new Ema(0.75), new Descend(1)), 0)
        .step(4)
        .isAt(-0.5)
        .step(0)
        .isAt(-1.125);
    Formula formula = Formula.of(Chain.of(new Ema(0.5), new Ema(0.75), new Descend(1)));
    assertThat(formula.states().stream().map(State::key)).doesNotHaveDuplicates().hasSize(2);
    assertThat(formula.hypers().stream().map(Scalar.Hyper::scope))
        .containsExactly("ema", "ema2", "descend");
  }

  @Test
  void oldAndNextValueOfAStateAreBothAtHand() {
    // the direction is the difference of the means: next − old
    Transformation difference =
        new Custom(
            "difference",
            (g, s) -> {
              State m = s.state("m", "m", 3);
              Tensor old = m.old();
              return s.descend(m.becomes(g.times(Scalar.of(2))).minus(old), s.hyper("lr", 1));
            });
    // m: 3 → 2; 2 − 3 = −1 → 1; m: 2 → 10; 8 → −7
    Walk.of(difference, 0).step(1).isAt(1).step(5).isAt(-7).remembers("difference/m", 10);
  }

  @Test
  void anUpdateAfterTheDescentSeesTheMovedParameter() {
    Transformation project =
        new Custom(
            "nonnegative",
            (g, s) -> {
              s.move(s.parameter().max(Scalar.ZERO));
              return g;
            });
    Walk.of(Chain.of(new Descend(1), project), 1, 1).step(3, 0.5).isAt(0, 0.5);
  }

  @Test
  void everyOperationMeansWhatItsNameSays() {
    Scalar one = Scalar.ONE;
    check(g -> g.abs(), -2, 2);
    check(g -> g.sign(), -2, -1);
    check(g -> g.sign(), 0, 0);
    check(g -> g.negate(), -2, 2);
    check(g -> g.square(), -3, 9);
    check(g -> g.sqrt(), 2.25, 1.5);
    check(g -> g.sqrt(), -1, Double.NaN);
    check(g -> g.over(Scalar.of(4)), 3, 0.75);
    check(g -> Tensor.of(one).over(g), 4, 0.25);
    check(g -> g.minus(one), 3, 2);
    check(g -> g.min(one), 3, 1);
    check(g -> g.max(one), 3, 3);
    check(g -> g.max(one), Double.NaN, Double.NaN);
    check(g -> g.clamp(Scalar.of(-1), one), -3, -1);
    check(g -> g.pow(Scalar.of(3)), 2, 8);
    Tensor yes = Tensor.of(Scalar.of(7));
    Tensor no = Tensor.of(Scalar.of(-7));
    for (double g : new double[] {-1, 0, 1, Double.NaN}) {
      check(x -> x.choose(Comparison.LESS, Tensor.of(Scalar.ZERO), yes, no), g, g < 0 ? 7 : -7);
      check(
          x -> x.choose(Comparison.LESS_OR_EQUAL, Tensor.of(Scalar.ZERO), yes, no),
          g,
          g <= 0 ? 7 : -7);
      check(x -> x.choose(Comparison.EQUAL, Tensor.of(Scalar.ZERO), yes, no), g, g == 0 ? 7 : -7);
    }
  }

  private static void check(
      java.util.function.UnaryOperator<Tensor> operation, double gradient, double expected) {
    Walk.of(new Custom("op", (g, s) -> s.descend(operation.apply(g).negate(), s.hyper("lr", 1))), 0)
        .step(gradient)
        .isAt(expected);
  }

  @Test
  void scalarsAreComputedWithTheSameOperations() {
    Scalar x = Scalar.of(-2.25);
    // √|−2.25| = 1.5; min(−2.25, 1) = −2.25; max = 1; (1.5)² = 2.25; select: −2.25 < 1 → 10
    Scalar value =
        x.abs()
            .sqrt()
            .pow(Scalar.of(2))
            .plus(x.min(Scalar.ONE))
            .plus(x.max(Scalar.ONE))
            .plus(x.choose(Comparison.LESS, Scalar.ONE, Scalar.of(10), Scalar.of(20)))
            .minus(x.negate().over(Scalar.of(9)).times(Scalar.of(4)));
    // 2.25 − 2.25 + 1 + 10 − 1 = 10
    Walk.of(new Custom("op", (g, s) -> s.descend(g.times(value), s.hyper("lr", 1))), 0)
        .step(1)
        .isAt(-10);
  }

  @Test
  void timeStartsAtOne() {
    Walk.of(new Custom("clock", (g, s) -> s.descend(g.times(s.t()), s.hyper("lr", 1))), 0)
        .step(1)
        .isAt(-1)
        .step(1)
        .isAt(-3)
        .step(1)
        .isAt(-6);
  }
}
