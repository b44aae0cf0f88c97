package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.print.FormulaPrinter;
import thalweg.transforms.EpsPlacement;
import thalweg.walk.Walk;

/** Kingma and Ba 2015, Algorithm 1, in torch.optim.Adam's dialect. */
class AdamTest {
  /** β₁ = 1/2 and β₂ = 3/4 keep the numbers short. */
  private static final Adam RULE = Adam.lr(0.1).beta1(0.5).beta2(0.75).eps(0.5);

  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Adam.class))
        .isEqualTo(
            new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, EpsPlacement.OUTSIDE, true, false, false));
  }

  @Test
  void theFirstStepHasTheLengthOfTheRateWhateverTheGradient() {
    Walk.of(Adam.lr(0.1).eps(0), 1, 1, 1).step(100, -0.5, 1e-3).isAt(0.9, 1.1, 0.9);
  }

  @Test
  void bothMeansAreCorrectedForTheirStartAtZero() {
    // g = 2: m = 1, v = 1; m̂ = 1/0.5 = 2, v̂ = 1/0.25 = 4; 2/(2 + 0.5) = 0.8
    // g = 0: m = 0.5, v = 0.75; m̂ = 0.5/0.75 = 2/3, v̂ = 0.75/0.4375 = 12/7
    // g = 1: m = 0.75, v = 0.5625 + 0.25 = 0.8125; m̂ = 0.75/0.875, v̂ = 0.8125/0.578125
    double second = 2 / 3.0 / (Math.sqrt(12 / 7.0) + 0.5);
    double third = 0.75 / 0.875 / (Math.sqrt(0.8125 / 0.578125) + 0.5);
    Walk.of(RULE, 1)
        .step(2)
        .isAt(0.92)
        .remembersOnly("adam/exp_avg", "adam/exp_avg_sq")
        .step(0)
        .remembers("adam/exp_avg", 0.5)
        .remembers("adam/exp_avg_sq", 0.75)
        .isAt(0.92 - 0.1 * second)
        .step(1)
        .isAt(0.92 - 0.1 * second - 0.1 * third);
  }

  @Test
  void epsIsAddedAfterTheBiasCorrection() {
    // m̂ = 1e-8, √v̂ = 1e-8: 1e-8/(1e-8 + 1e-8) = 1/2.
    // Added before the correction it would count as 1e-8/√0.001 = 31.6e-8: about 0.03
    Walk.of(Adam.lr(0.1), 1).step(1e-8).isAt(0.95);
  }

  @Test
  void epsInsideStandsUnderTheRootOfTheCorrectedMean() {
    // 2/√(4 + 0.5); then (2/3)/√(12/7 + 0.5)
    double first = 2 / Math.sqrt(4.5);
    double second = 2 / 3.0 / Math.sqrt(12 / 7.0 + 0.5);
    Walk.of(RULE.epsPlacement(EpsPlacement.INSIDE), 1)
        .step(2)
        .isAt(1 - 0.1 * first)
        .step(0)
        .isAt(1 - 0.1 * first - 0.1 * second);
  }

  @Test
  void withoutBiasCorrectionTheMeansAreUsedAsTheyAre() {
    // 1/(1 + 0.5) = 2/3; then 0.5/(√0.75 + 0.5)
    Walk.of(RULE.biasCorrection(false), 1)
        .step(2)
        .isAt(1 - 0.2 / 3)
        .step(0)
        .isAt(1 - 0.2 / 3 - 0.05 / (Math.sqrt(0.75) + 0.5));
    // inside: 1/√1.5
    Walk.of(RULE.biasCorrection(false).epsPlacement(EpsPlacement.INSIDE), 1)
        .step(2)
        .isAt(1 - 0.1 / Math.sqrt(1.5));
  }

  @Test
  void amsgradKeepsTheMaximumOfTheUncorrectedMean() {
    // second step: max(1, 0.75) = 1, corrected 1/0.4375; not max(4, 12/7) = 4
    double second = 2 / 3.0 / (Math.sqrt(1 / 0.4375) + 0.5);
    Walk.of(RULE.amsgrad(true), 1)
        .step(2)
        .isAt(0.92)
        .remembersOnly("adam/exp_avg", "adam/exp_avg_sq", "adam/max_exp_avg_sq")
        .step(0)
        .remembers("adam/exp_avg_sq", 0.75)
        .remembers("adam/max_exp_avg_sq", 1)
        .isAt(0.92 - 0.1 * second);
  }

  @Test
  void weightDecayIsL2AndEntersBothMeans() {
    // g = 1 + 1·1 = 2: as the walk above
    Walk.of(RULE.weightDecay(1), 1)
        .step(1)
        .isAt(0.92)
        .remembers("adam/exp_avg", 1)
        .remembers("adam/exp_avg_sq", 1);
  }

  @Test
  void withL2TheSizeOfTheDecayHardlyMatters() {
    // g = 0 + λθ; divided by its own size, whatever λ is: a whole step of the rate
    Walk.of(Adam.lr(0.1).eps(0).weightDecay(0.01), 3).step(0).isAt(2.9);
    Walk.of(Adam.lr(0.1).eps(0).weightDecay(1), 3).step(0).isAt(2.9);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    Walk.of(RULE.maximize(true), 1).step(2).isAt(1.08);
    // −1 + 1·3 = 2
    Walk.of(RULE.maximize(true).weightDecay(1), 3).step(1).isAt(2.92);
  }

  @Test
  void betaMustBeBelowOne() {
    assertThatThrownBy(() -> RULE.beta2(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam.beta2 must be in [0, 1), got 1.0");
  }

  @Test
  void decoupledWeightDecayIsAdamW() {
    Adam decoupled = Adam.lr(0.1).weightDecay(0.2).decoupledWeightDecay(true);
    // θ = 2 (1 − 0.1 · 0.2) − 0.1 · 1 / (1 + 1e-8)
    Walk.of(decoupled, 2).step(3).isAt(1.96 - 0.1 * 3 / (3 + 1e-8));
    assertThat(FormulaPrinter.of(Formula.of(decoupled)).text())
        .isEqualTo(FormulaPrinter.of(Formula.of(AdamW.lr(0.1).weightDecay(0.2))).text());
  }
}
