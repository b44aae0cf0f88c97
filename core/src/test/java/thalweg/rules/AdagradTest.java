package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** torch.optim.Adagrad: G ← G + g²; θ ← θ − η/(1 + (t − 1)·lr_decay) · g/(√G + ε). */
class AdagradTest {
  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Adagrad.class))
        .isEqualTo(new Adagrad(1e-2, 0, 0, 0, 1e-10, false));
  }

  @Test
  void theFirstStepHasTheLengthOfTheRateWhateverTheGradient() {
    Walk.of(Adagrad.lr(0.1).eps(0), 1, 1, 1).step(1000, -3, 0.001).isAt(0.9, 1.1, 0.9);
  }

  @Test
  void squaresAreSummedAndEpsIsAddedToTheRoot() {
    // G: 4, 4 + 2.25 = 6.25; θ: 1 − 0.1·2/(2 + 1), then − 0.1·1.5/(2.5 + 1)
    Walk.of(Adagrad.lr(0.1).eps(1), 1)
        .step(2)
        .isAt(1 - 0.2 / 3)
        .remembersOnly("adagrad/sum")
        .step(1.5)
        .remembers("adagrad/sum", 6.25)
        .isAt(1 - 0.2 / 3 - 0.15 / 3.5);
  }

  @Test
  void theAccumulatorStartsWhereItIsTold() {
    // G = 5 + 4 = 9; θ = 1 − 0.1·2/3
    Walk.of(Adagrad.lr(0.1).eps(0).initialAccumulatorValue(5), 1)
        .step(2)
        .remembers("adagrad/sum", 9)
        .isAt(1 - 0.2 / 3);
  }

  @Test
  void lrDecayCountsFromTheSecondStep() {
    // rates 0.1, 0.1/(1 + 0.5) , 0.1/(1 + 2·0.5); G = 9, 25, 169
    Walk.of(Adagrad.lr(0.1).eps(0).lrDecay(0.5), 1)
        .step(3)
        .isAt(0.9)
        .step(4)
        .isAt(0.9 - 0.1 / 1.5 * 4 / 5)
        .step(12)
        .isAt(0.9 - 0.1 / 1.5 * 4 / 5 - 0.05 * 12 / 13);
  }

  @Test
  void weightDecayEntersTheSum() {
    // g = 1 + 0.5·2 = 2; G = 4
    Walk.of(Adagrad.lr(0.1).eps(0).weightDecay(0.5), 2)
        .step(1)
        .remembers("adagrad/sum", 4)
        .isAt(1.9);
  }

  @Test
  void maximizeClimbsTheGradientButStillDecays() {
    // g = −1 + 0.5·4 = 1 → down by the rate; without decay up
    Walk.of(Adagrad.lr(0.1).eps(0).weightDecay(0.5).maximize(true), 4).step(1).isAt(3.9);
    Walk.of(Adagrad.lr(0.1).eps(0).maximize(true), 4).step(1).isAt(4.1);
  }

  @Test
  void aCoordinateNeverTouchedStaysWhereItIs() {
    Walk.of(Adagrad.lr(0.1), 1).step(0).isAt(1).step(0).isAt(1);
  }
}
