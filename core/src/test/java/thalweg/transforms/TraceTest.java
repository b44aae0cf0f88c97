package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class TraceTest {
  private static Walk walk(Trace trace) {
    return Walk.of(Chain.of(trace, new Descend(1)), 0);
  }

  @Test
  void sumsDirectionsWithDecay() {
    // 1; 0.5·1 + 2 = 2.5; 1.25
    walk(new Trace(0.5, 0, false)).step(1).isAt(-1).step(2).isAt(-3.5).step(0).isAt(-4.75);
  }

  @Test
  void theFirstDirectionIsNotDampened() {
    // 1; 0.5·1 + 0.25·2 = 1
    walk(new Trace(0.5, 0.75, false)).step(1).isAt(-1).step(2).isAt(-2);
  }

  @Test
  void nesterovAddsTheDirectionToTheDecayedSum() {
    // 1 + 0.5·1 = 1.5; b = 2.5: 2 + 1.25 = 3.25
    walk(new Trace(0.5, 0, true)).step(1).isAt(-1.5).step(2).isAt(-4.75);
  }
}
