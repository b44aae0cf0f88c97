package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.walk.Walk;

class AdafactorTest {
  private static final List<Long> SQUARE = List.of(2L, 2L);

  @Test
  void aFirstStepOfAMatrixDividesByRowsAndColumns() {
    // g = (1 2; 3 4), squares (1 4; 9 16): rows 2.5 and 12.5, columns 5 and 10, all 7.5
    // v = row · column / all = (5/3 10/3; 25/3 50/3), u = g / √v, its squares 0.6 1.2 1.08 0.96
    // rms of u √(3.84/4) < 1: not clipped; size |(3 −4 0 0)| / √4 = 2.5; rate 2.5 · 0.01
    Walk.shaped(Adafactor.lr(0.01), SQUARE, 3, -4, 0, 0)
        .step(1, 2, 3, 4)
        .isAt(
            3 - 0.025 * Math.sqrt(0.6),
            -4 - 0.025 * Math.sqrt(1.2),
            -0.025 * Math.sqrt(1.08),
            -0.025 * Math.sqrt(0.96))
        .remembers("adafactor/row_var", 2.5, 12.5)
        .remembers("adafactor/col_var", 5, 10);
  }

  @Test
  void aVectorKeepsASecondMomentForEachElement() {
    // β₂ = 0 at t = 1: v = g², u = sign; size √((4 + 0 + 16)/3)
    double size = Math.sqrt(20 / 3.0);
    Walk.of(Adafactor.lr(0.01), 2, 0, -4)
        .step(1, -2, 100)
        .isAt(2 - 0.01 * size, 0.01 * size, -4 - 0.01 * size)
        .remembers("adafactor/col_var", 1, 4, 10_000);
  }

  @Test
  void theSecondMomentForgetsMoreSlowlyWithTime() {
    // t = 2: weight w = 2^−0.8; v = 1 + w (100 − 1); d = 2 is out of reach
    double v = 1 + Math.pow(2, -0.8) * 99;
    Walk.of(Adafactor.lr(0.01).d(2), 2)
        .step(1)
        .isAt(1.98)
        .step(10)
        .isAt(1.98 - 1.98 * 0.01 * 10 / Math.sqrt(v))
        .remembers("adafactor/col_var", v);
    // with −1 the mean over time: (1 + 100)/2
    Walk.of(Adafactor.lr(0.01).beta2Decay(-1).d(2), 2)
        .step(1)
        .step(10)
        .remembers("adafactor/col_var", 50.5);
  }

  @Test
  void anUpdateWhoseRmsIsOverDIsClippedToIt() {
    // as before, but u = 10/√57.9 = 1.31 is over 1
    Walk.of(Adafactor.lr(0.01), 2).step(1).isAt(1.98).step(10).isAt(1.98 - 1.98 * 0.01);
    // over 1.25 as well
    Walk.of(Adafactor.lr(0.01).d(1.25), 2).step(1).step(10).isAt(1.98 - 1.98 * 0.01 * 1.25);
  }

  @Test
  void aMatrixIsClippedByTheRmsOfAllItsElements() {
    // t = 1: diagonal 1: rows, columns and all 1/2, v = 1/2, u = √2 on the diagonal, rms 1
    // t = 2, β₂ by the mean over time: g = 3·(1 0; 0 1): rows (0.5 + 4.5)/2 = 2.5 = all; v = 2.5
    // u = 3/√2.5 on the diagonal, rms √(2 · 3.6 / 4) = √1.8; clipped 3/√4.5 = √2
    double first = 1 - 0.01 * Math.sqrt(2);
    double size = Math.sqrt((2 * first * first + 2) / 4);
    Walk.shaped(Adafactor.lr(0.01).beta2Decay(-1), SQUARE, 1, 1, 1, 1)
        .step(1, 0, 0, 1)
        .isAt(first, 1, 1, first)
        .step(3, 0, 0, 3)
        .isAt(first - 0.01 * size * Math.sqrt(2), 1, 1, first - 0.01 * size * Math.sqrt(2));
  }

  @Test
  void aParameterNearZeroStillMovesByEps2AndTheRateFallsAsOneOverRootT() {
    // u = 1 throughout. t = 1: size 1, rate min(1, 1) → 0; t = 2: size eps2 = 1e-3 over √2;
    // t = 3: size |θ| = 7.1e-4, so eps2 again, over √3
    double second = -1e-3 / Math.sqrt(2);
    Walk.of(Adafactor.lr(1), 1)
        .step(1)
        .isAt(0)
        .step(1)
        .isAt(second)
        .step(1)
        .isAt(second - 1e-3 / Math.sqrt(3));
    Walk.of(Adafactor.lr(1).eps2(0.5), 0.25).step(7).isAt(-0.25);
  }

  @Test
  void weightDecayShrinksFirstButTheSizeIsThatBefore() {
    // 2 · (1 − 0.1 · 0.2) − 2 · 0.1 · 1
    Walk.of(Adafactor.lr(0.1).weightDecay(0.2), 2).step(5).isAt(1.96 - 0.2);
    // decay takes lr as it is, the step min(lr, 1/√t): at t = 4 one half of lr = 1
    Walk.of(Adafactor.lr(1).weightDecay(0.5).eps2(1), 0)
        .step(0)
        .step(0)
        .step(0)
        .isAt(0)
        .set("weight_decay", 0.25)
        .step(0)
        .isAt(0);
  }

  @Test
  void theDecayIsNotSlowedWithTime() {
    // zero gradients: θ ← θ (1 − lr λ) = θ/2 each time, also where 1/√t < lr
    Walk.of(Adafactor.lr(1).weightDecay(0.5), 8).step(0).step(0).step(0).isAt(1);
  }

  @Test
  void aZeroGradientMovesNothing() {
    Walk.shaped(Adafactor.lr(0.1), SQUARE, 1, 2, 3, 4)
        .step(0, 0, 0, 0)
        .step(0, 0, 0, 0)
        .isAt(1, 2, 3, 4)
        .remembers("adafactor/row_var", 0, 0)
        .remembers("adafactor/col_var", 0, 0);
    Walk.of(Adafactor.lr(0.1), 1, 2).step(0, 0).isAt(1, 2);
    // one row without a gradient
    Walk.shaped(Adafactor.lr(0.1), SQUARE, 1, 1, 1, 1).step(0, 0, 1, 1).isAt(1, 1, 0.9, 0.9);
  }

  @Test
  void moreThanTwoAxesAreAStackOfMatricesClippedTogether() {
    // each matrix as in the first test, the second a hundred times larger: u is the same in both
    // step one sets rows and columns; size 1
    double[] u = {Math.sqrt(0.6), Math.sqrt(1.2), Math.sqrt(1.08), Math.sqrt(0.96)};
    Walk.shaped(Adafactor.lr(0.01), List.of(2L, 2L, 2L), 1, 1, 1, 1, 1, 1, 1, 1)
        .step(1, 2, 3, 4, 100, 200, 300, 400)
        .isAt(
            1 - 0.01 * u[0],
            1 - 0.01 * u[1],
            1 - 0.01 * u[2],
            1 - 0.01 * u[3],
            1 - 0.01 * u[0],
            1 - 0.01 * u[1],
            1 - 0.01 * u[2],
            1 - 0.01 * u[3])
        .remembers("adafactor/row_var", 2.5, 12.5, 25_000, 125_000)
        .remembers("adafactor/col_var", 5, 10, 50_000, 100_000);
  }

  @Test
  void aColumnAndARowAreMatricesToo() {
    // [1, 3]: row mean all; v = column; u = sign
    Walk.shaped(Adafactor.lr(0.1), List.of(1L, 3L), 1, 1, 1)
        .step(1, -2, 5)
        .isAt(0.9, 1.1, 0.9)
        .remembers("adafactor/row_var", 10)
        .remembers("adafactor/col_var", 1, 4, 25);
    Walk.shaped(Adafactor.lr(0.1), List.of(3L, 1L), 1, 1, 1)
        .step(1, -2, 5)
        .isAt(0.9, 1.1, 0.9)
        .remembers("adafactor/row_var", 1, 4, 25)
        .remembers("adafactor/col_var", 10);
  }

  @Test
  void aSingleNumberIsAVector() {
    Walk.shaped(Adafactor.lr(0.1), List.of(), 2).step(-3).isAt(2.2);
  }

  @Test
  void eps1BoundsWhatAMatrixIsDividedBy() {
    // eps1 = 1: rows, columns and all 1/4; all counts as 1; v = max(1/16, 1²): u = g
    Walk.shaped(Adafactor.lr(0.1).eps1(1), SQUARE, 1, 1, 1, 1)
        .step(0.5, 0.5, -0.5, 0.5)
        .isAt(0.95, 0.95, 1.05, 0.95);
  }

  @Test
  void aVectorHasNoRowMeanForEps1ToBound() {
    // v = max(g², eps1²): eps1 = 0.25 is over the mean square 0.16 but under |g| = 0.4
    Walk.of(Adafactor.lr(0.1).eps1(0.25).d(10), 1, 1).step(0.4, -0.4).isAt(0.9, 1.1);
    // whispers, the default eps1: their mean square is far under 2.2e-16, u is still the sign
    Walk.of(Adafactor.lr(0.1).d(1000), 1, 1).step(1e-9, -2e-9).isAt(0.9, 1.1);
    Walk.of(Adafactor.lr(0.1).eps1(0.5).d(10), 1).step(0.25).isAt(0.95);
  }

  @Test
  void maximizeClimbs() {
    Walk.of(Adafactor.lr(0.1).maximize(true), 1).step(3).isAt(1.1);
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Adafactor.lr(-1)).hasMessageContaining("lr");
    assertThatThrownBy(() -> Adafactor.lr(1).d(0.5)).hasMessageContaining("d");
    assertThatThrownBy(() -> Adafactor.lr(1).beta2Decay(0.1)).hasMessageContaining("beta2_decay");
  }
}
