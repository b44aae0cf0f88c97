package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.walk.Walk;

class DescendTest {
  @Test
  void movesAgainstTheDirectionTimesTheRate() {
    Walk.of(new Descend(0.25), 1, -1).step(2, 4).isAt(0.5, -2);
  }

  @Test
  void remembersNothing() {
    Walk.of(new Descend(0.25), 1).step(1).remembersOnly();
  }
}
