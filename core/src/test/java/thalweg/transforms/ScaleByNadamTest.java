package thalweg.transforms;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

/** NAdam's direction; see NAdamTest. */
class ScaleByNadamTest {
  @Test
  void looksAheadWithTheNextMomentum() {
    // (2·0.75/0.75 + 0.25/(1 − 0.0625))/2.5
    Walk.of(Chain.of(new ScaleByNadam(0.5, 0.75, 0.5, 0), new Descend(1)), 0)
        .step(2)
        .isAt(-(2 + 0.25 / 0.9375) / 2.5);
  }
}
