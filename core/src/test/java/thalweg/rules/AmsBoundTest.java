package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.walk.Walk;

/** Luo et al. 2019, Algorithm 3: AdaBound over the largest mean of squares. */
class AmsBoundTest {
  @Test
  void theLargestMeanOfSquaresStays() {
    // t = 2: m = 0.5, v_max = 1: 0.1·√0.4375/0.75/(1 + 0.5), between 0.05 and 0.2
    Walk.of(AmsBound.lr(0.1).beta1(0.5).beta2(0.75).finalLr(0.1).gamma(0.5).eps(0.5), 1)
        .step(2)
        .isAt(1 - 1 / 15.0)
        .step(0)
        .remembers("amsbound/max_exp_avg_sq", 1)
        .isAt(1 - 1 / 15.0 - 0.5 * 0.1 * Math.sqrt(0.4375) / 0.75 / 1.5);
  }

  @Test
  void itHasTheDefaultsOfAdaBound() {
    assertThat(Hyperparameters.standard(AmsBound.class))
        .isEqualTo(new AmsBound(1e-3, 0.9, 0.999, 0.1, 1e-3, 1e-8, 0));
  }
}
