package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class ScaleTest {
  @Test
  void theDirectionIsMultiplied() {
    Walk.of(Chain.of(new Scale(0.5), new Descend(1)), 0, 0).step(3, -4).isAt(-1.5, 2);
  }

  @Test
  void belowZeroItClimbs() {
    Walk.of(Chain.of(new Scale(-2), new Descend(1)), 0).step(3).isAt(6);
  }

  @Test
  void whatStandsInFrontDoesNotSeeIt() {
    // b = 1, then 0.5·1 + 1 = 1.5; times 2
    Walk.of(Chain.of(new Trace(0.5, 0, false), new Scale(2), new Descend(1)), 0)
        .step(1)
        .remembers("trace/momentum_buffer", 1)
        .isAt(-2)
        .step(1)
        .isAt(-5)
        .set("factor", 0)
        .step(1)
        .isAt(-5);
  }

  @Test
  void anInfiniteFactorIsRefused() {
    assertThatThrownBy(() -> new Scale(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Scale.factor must be finite, got Infinity");
  }
}
