package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class ClipByValueTest {
  @Test
  void everyElementIsLimitedOnBothSides() {
    Walk.of(Chain.of(new ClipByValue(0.5), new Descend(1)), 0, 0, 0, 0, 0)
        .step(3, -3, 0.25, -0.25, 0.5)
        .isAt(-0.5, 0.5, -0.25, 0.25, -0.5);
  }

  @Test
  void infinityIsLimitedAndNaNStaysNaN() {
    Walk.of(Chain.of(new ClipByValue(0.5), new Descend(1)), 0, 0, 0)
        .step(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)
        .isAt(-0.5, 0.5, Double.NaN);
  }

  @Test
  void whatFollowsSeesTheLimitedGradient() {
    // b: 0.5, 0.9·0.5 + 0.1 = 0.55
    Walk.of(Chain.of(new ClipByValue(0.5), Sgd.lr(1).momentum(0.9)), 0)
        .step(100)
        .isAt(-0.5)
        .step(0.1)
        .remembers("sgd/momentum_buffer", 0.55)
        .isAt(-1.05);
  }

  @Test
  void aLimitBelowZeroIsRefused() {
    assertThatThrownBy(() -> new ClipByValue(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ClipByValue.clip_value must be in")
        .hasMessageEndingWith("got -1.0");
  }
}
