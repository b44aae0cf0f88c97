package thalweg.transforms;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class CentralizeTest {
  private static final Chain CENTRALIZE = Chain.of(new Centralize(), new Descend(1));

  @Test
  void eachRowOfAMatrixLosesItsMean() {
    // means 2 and −10
    Walk.shaped(CENTRALIZE, List.of(2L, 3L), 0, 0, 0, 1, 1, 1)
        .step(1, 2, 3, 0, -30, 0)
        .isAt(1, 0, -1, -9, 21, -9);
  }

  @Test
  void eachFilterLosesTheMeanOverAllItsAxes() {
    // [2, 2, 1, 2]: four numbers a filter, means 4 and −1; t = 2 the same again
    double[] start = new double[8];
    Walk.shaped(CENTRALIZE, List.of(2L, 2L, 1L, 2L), start)
        .step(1, 3, 5, 7, -4, 0, 0, 0)
        .isAt(3, 1, -1, -3, 3, -1, -1, -1)
        .step(1, 3, 5, 7, -4, 0, 0, 0)
        .isAt(6, 2, -2, -6, 6, -2, -2, -2);
  }

  @Test
  void threeAxesAreOneUnitForEachOfTheFirst() {
    Walk.shaped(CENTRALIZE, List.of(1L, 2L, 2L), 0, 0, 0, 0).step(1, 2, 3, 6).isAt(2, 1, 0, -3);
  }

  @Test
  void vectorsAndSingleNumbersPass() {
    Walk.of(CENTRALIZE, 0, 0, 0).step(1, 2, 3).isAt(-1, -2, -3);
    Walk.shaped(CENTRALIZE, List.of(), 5).step(2).isAt(3);
  }

  @Test
  void aRowOfOneElementIsItsOwnMean() {
    Walk.shaped(CENTRALIZE, List.of(3L, 1L), 1, 2, 3).step(5, 6, 7).isAt(1, 2, 3);
    Walk.shaped(CENTRALIZE, List.of(1L, 3L), 1, 2, 3).step(5, 6, 7).isAt(2, 2, 2);
  }

  @Test
  void anInfinityStaysInItsRow() {
    Walk.shaped(CENTRALIZE, List.of(2L, 2L), 0, 0, 0, 0)
        .step(Double.POSITIVE_INFINITY, 1, 2, 4)
        .isAt(Double.NaN, Double.POSITIVE_INFINITY, 1, -1);
  }
}
