package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class NegateTest {
  @Test
  void aDescentClimbs() {
    Walk.of(Chain.of(new Negate(), new Descend(0.5)), 1, 1).step(2, -2).isAt(2, 0);
  }
}
