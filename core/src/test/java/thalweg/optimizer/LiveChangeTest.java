package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.rules.Adagrad;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.RmsProp;
import thalweg.rules.Sgd;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.ClipByValue;
import thalweg.transforms.Ema;
import thalweg.transforms.EpsPlacement;
import thalweg.walk.Walk;

/** Hyperparameters changed between two steps: what is remembered stays, the numbers are by hand. */
class LiveChangeTest {
  private static final Adam ADAM = Adam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  /** The second step of {@link #ADAM} for gradients 2, 0, at the rate 1. */
  private static final double SECOND = 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5);

  @Test
  void aNumberIsInForceFromTheNextStepOn() {
    Walk.of(ADAM, 1).step(2).isAt(0.92).set("lr", 0.2).step(0).isAt(0.92 - 0.2 * SECOND);
  }

  @Test
  void numbersOfEveryKindAreTaken() {
    Walk.of(Sgd.lr(0.1), 1).set("lr", 1).step(0.5).isAt(0.5);
    Walk.of(Sgd.lr(0.1), 1).set("lr", 1L).step(0.5).isAt(0.5);
    Walk.of(Sgd.lr(0.1), 1).set("lr", 0.5f).step(0.5).isAt(0.75);
    Walk.of(Sgd.lr(0.1), 1).set("lr", "0.5").step(0.5).isAt(0.75);
  }

  @Test
  void aBetaChangesTheMeansFromHereOn() {
    // m = 0.25·1 + 0.75·0 = 0.25; v = 0.75; the correction is with the β in force: 1 − 0.25²
    Walk.of(ADAM, 1)
        .step(2)
        .set("beta1", 0.25)
        .step(0)
        .remembers("adam/exp_avg", 0.25)
        .isAt(0.92 - 0.1 * (0.25 / 0.9375) / (Math.sqrt(12 / 7.0) + 0.5));
  }

  @Test
  void weightDecayGoesFromZeroToSomethingAndBack() {
    // 0.87 = 1·0.95 − 0.08 with decay; without: 0.92
    AdamW rule = AdamW.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5).weightDecay(0);
    double third = 0.25 / 0.875 / (Math.sqrt(0.5625 / 0.578125) + 0.5);
    Walk.of(rule, 1)
        .step(2)
        .isAt(0.92)
        .set("weight_decay", 0.5)
        .step(0)
        .remembers("adamw/exp_avg", 0.5)
        .isAt(0.92 * 0.95 - 0.1 * SECOND)
        .set("weight_decay", 0)
        .step(0)
        .isAt(0.92 * 0.95 - 0.1 * SECOND - 0.1 * third);
    Walk.of(Sgd.lr(0.1), 1).step(0).isAt(1).set("weight_decay", 0.1).step(0).isAt(0.99);
  }

  @Test
  void momentumGoesFromSomethingToZeroAndBack() {
    // b = 1; then plain: 0.9 − 0.05; then momentum from the gradient alone: b = 1
    Walk.of(Sgd.lr(0.1).momentum(0.9), 1).step(1).isAt(0.9).set("momentum", 0).step(0.5).isAt(0.85);
    Walk.of(Sgd.lr(0.1), 1)
        .step(1)
        .isAt(0.9)
        .set("momentum", 0.9)
        .step(1)
        .isAt(0.8)
        .step(0)
        .isAt(0.71);
  }

  @Test
  void aSwitchRewritesTheFormulaAndKeepsWhatIsRemembered() {
    // plain: b = 1 → 0.9; nesterov: b = 1.4, d = 0.5 + 1.26 → 0.9 − 0.176; plain again: b = 1.26
    Walk.of(Sgd.lr(0.1).momentum(0.9), 1)
        .step(1)
        .isAt(0.9)
        .set("nesterov", true)
        .step(0.5)
        .remembers("sgd/momentum_buffer", 1.4)
        .isAt(0.724)
        .set("nesterov", false)
        .step(0)
        .isAt(0.724 - 0.126);
  }

  @Test
  void amsgradSwitchedOnTakesItsMaximumFromHereOn() {
    // v = 1, then 0.75: the maximum starts with 0.75; then v = 0.5625 and the maximum stays
    double third = 0.25 / 0.875 / (Math.sqrt(0.75 / 0.578125) + 0.5);
    Walk.of(ADAM, 1)
        .step(2)
        .set("amsgrad", true)
        .step(0)
        .remembers("adam/max_exp_avg_sq", 0.75)
        .isAt(0.92 - 0.1 * SECOND)
        .step(0)
        .isAt(0.92 - 0.1 * SECOND - 0.1 * third);
  }

  @Test
  void aChoiceIsSetByItsValueOrItsText() {
    double inside = 2 / 3.0 / Math.sqrt(12 / 7.0 + 0.5);
    Walk.of(ADAM, 1)
        .step(2)
        .set("eps_placement", EpsPlacement.INSIDE)
        .step(0)
        .isAt(0.92 - 0.1 * inside);
    Walk.of(ADAM, 1).step(2).set("eps_placement", "inside").step(0).isAt(0.92 - 0.1 * inside);
  }

  @Test
  void maximizeTurnsAroundOnTheWay() {
    Walk.of(Sgd.lr(0.1), 1).step(1).isAt(0.9).set("maximize", true).step(1).isAt(1);
  }

  @Test
  void centeredAndMomentumOfRmsPropCanBeSwitchedOn() {
    // v = 1 → 0.84; centered from here: v = 0.75 + 0.25·1 = 1, mean = 0.25·1
    Walk.of(RmsProp.lr(0.1).alpha(0.75).eps(0.25), 1)
        .step(2)
        .isAt(0.84)
        .set("centered", true)
        .step(1)
        .remembers("rmsprop/square_avg", 1)
        .isAt(0.84 - 0.1 / (Math.sqrt(1 - 0.0625) + 0.25));
  }

  @Test
  void optionsThatMatterLaterCanBeSetInAnyOrder() {
    // dampening says nothing without momentum, but it is no mistake to set it first
    Walk dampeningFirst = Walk.of(Sgd.lr(0.1), 1).set("dampening", 0.5).set("momentum", 0.9);
    Walk momentumFirst = Walk.of(Sgd.lr(0.1), 1).set("momentum", 0.9).set("dampening", 0.5);
    // b = 1; b = 0.9 + 0.25 = 1.15
    dampeningFirst.step(1).isAt(0.9).step(0.5).isAt(0.785);
    momentumFirst.step(1).isAt(0.9).step(0.5).isAt(0.785);
  }

  @Test
  void whatActsBeforeTheFirstUpdateOnlyIsRefusedAfterIt() {
    var optimizer = optimizer(Adagrad.lr(0.1));
    optimizer.step();
    assertThatThrownBy(() -> optimizer.group("default").set("initial_accumulator_value", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "initial_accumulator_value acts before the first update only; the state it sets exists"
                + " by now");
  }

  @Test
  void theValueInForceIsReadBack() {
    var group = optimizer(ADAM).group("default");
    assertThat(group.get("lr")).isEqualTo(0.1);
    assertThat(group.get("adam.lr")).isEqualTo(0.1);
    group.set("lr", 0.25);
    group.set("amsgrad", true);
    group.set("eps_placement", "inside");
    assertThat(group.get("lr")).isEqualTo(0.25);
    assertThat(group.get("amsgrad")).isEqualTo(true);
    assertThat(group.get("eps_placement")).isEqualTo(EpsPlacement.INSIDE);
    assertThat(group.rule())
        .isEqualTo(
            new Adam(0.25, 0.5, 0.75, 0.5, 0, true, EpsPlacement.INSIDE, true, false, false));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    var group = optimizer(Chain.of(new ClipByValue(1), Sgd.lr(0.1))).group("default");
    assertThatThrownBy(() -> group.set("learning_rate", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no hyperparameter 'learning_rate'; there are clip_by_value.clip_value, sgd.lr,"
                + " sgd.momentum, sgd.dampening, sgd.weight_decay, sgd.nesterov, sgd.maximize");
  }

  @Test
  void aNameThatTwoLinksHaveMustSayWhich() {
    var optimizer = optimizer(Chain.of(new Ema(0.5), new Ema(0.75), Sgd.lr(1)));
    var group = optimizer.group("default");
    assertThatThrownBy(() -> group.set("decay", 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hyperparameter 'decay' is ambiguous; say ema.decay or ema2.decay");
    group.set("ema2.decay", 0.25);
    assertThat(group.get("ema.decay")).isEqualTo(0.5);
    assertThat(group.get("ema2.decay")).isEqualTo(0.25);
  }

  @Test
  void aValueOutOfRangeChangesNothing() {
    var optimizer = optimizer(Chain.of(new ClipByGlobalNorm(1), ADAM));
    optimizer.step();
    var group = optimizer.group("default");
    OptimizerState before = optimizer.state();
    assertThatThrownBy(() -> group.set("lr", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam.lr must be in [0, inf), got -1.0");
    assertThatThrownBy(() -> group.set("beta1", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam.beta1 must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> group.set("amsgrad", "maybe"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("adam.amsgrad must be true or false, got 'maybe'");
    assertThatThrownBy(() -> group.set("eps_placement", "beside"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("adam.eps_placement must be one of outside, inside, got 'beside'");
    assertThatThrownBy(() -> group.set("lr", "fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("adam.lr must be a number, got 'fast'");
    assertThatThrownBy(() -> group.set("lr", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam.lr must be in [0, inf), got NaN");
    assertThat(optimizer.state()).isEqualTo(before);
    assertThat(group.rule()).isEqualTo(Chain.of(new ClipByGlobalNorm(1), ADAM));
  }

  private static Optimizer optimizer(thalweg.formula.Transformation rule) {
    return Optimizer.of(
        rule, Parameters.of(ArrayParameter.of("w", new float[] {1}, new float[] {1})));
  }
}
