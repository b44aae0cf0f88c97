package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class UnscaleTest {
  @Test
  void theDirectionIsDivided() {
    Walk.of(Chain.of(new Unscale(4), new Descend(1)), 0, 0).step(3, -8).isAt(-0.75, 2);
  }

  @Test
  void whatFollowsSeesTheGradientItself() {
    // the norm of (3, 4) is 5, clipped to 1: (0.6, 0.8); of (3000, 4000) it would be the same,
    // so the second step, (0.3, 0.4), shows it: it is under the limit and stays
    Walk.of(Chain.of(new Unscale(1000), new ClipByGlobalNorm(1), new Descend(1)), 0, 0)
        .step(3000, 4000)
        .isAt(-0.6, -0.8)
        .step(300, 400)
        .isAt(-0.9, -1.2)
        .set("loss_scale", 100)
        .step(30, 40)
        .isAt(-1.2, -1.6);
  }

  @Test
  void aScaleOfZeroIsRefused() {
    assertThatThrownBy(() -> new Unscale(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unscale.loss_scale must be in (0, inf), got 0.0");
  }
}
