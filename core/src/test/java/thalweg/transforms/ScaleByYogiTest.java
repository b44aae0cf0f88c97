package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** Yogi's direction; see YogiTest. */
class ScaleByYogiTest {
  @Test
  void dividesByTheRootOfAnAdditiveMoment() {
    // m̂ = 2, v̂ = 0.25·4/0.25 = 4: 2/2.5
    Walk.of(Chain.of(new ScaleByYogi(0.5, 0.75, 0.5, 0, 0), new Descend(1)), 0).step(2).isAt(-0.8);
  }
}
