package thalweg.transforms;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class ScaleByFactoredRmsTest {
  private static Chain scale(double beta2Decay, double eps1) {
    return Chain.of(new ScaleByFactoredRms(beta2Decay, eps1), new Descend(1));
  }

  @Test
  void aMatrixIsDividedByTheRootOfRowTimesColumnOverTheMeanOfAll() {
    // squares (4 0; 0 0): rows 2 0, columns 2 0, all 1: v = (4 0; 0 0), at least eps1² = 1e-6
    Walk.shaped(scale(-0.8, 1e-3), List.of(2L, 2L), 0, 0, 0, 0)
        .step(-2, 0, 0, 0)
        .isAt(1, 0, 0, 0)
        .remembers("scale_by_factored_rms/row_var", 2, 0)
        .remembers("scale_by_factored_rms/col_var", 2, 0);
  }

  @Test
  void rowsAndColumnsAreRunningMeans() {
    // weight 1/t: means over time. squares (1 1; 9 9), then (9 1; 1 1)
    // rows (1 9) then (5 1): 3 5; columns (5 5) then (5 1): 5 3; all 4
    // v = (15/4 9/4; 25/4 15/4)
    Walk.shaped(scale(-1, 0), List.of(2L, 2L), 0, 0, 0, 0)
        .step(1, 1, 3, 3)
        .isAt(-1, -1, -1, -1)
        .step(3, 1, 1, 1)
        .remembers("scale_by_factored_rms/row_var", 3, 5)
        .remembers("scale_by_factored_rms/col_var", 5, 3)
        .isAt(
            -1 - 3 / Math.sqrt(3.75),
            -1 - 1 / Math.sqrt(2.25),
            -1 - 1 / Math.sqrt(6.25),
            -1 - 1 / Math.sqrt(3.75));
  }

  @Test
  void aDecayOfZeroRemembersTheLastGradientOnly() {
    Walk.of(scale(0, 0), 0, 0)
        .step(100, 1)
        .step(3, -4)
        .remembers("scale_by_factored_rms/col_var", 9, 16)
        .isAt(-2, 0);
  }

  @Test
  void aWideMatrixHasAsManyColumnsAsItIsWide() {
    // squares (1 4 9): the one row's mean 14/3 is the mean of all: v = the columns
    Walk.shaped(scale(-0.8, 1e-9), List.of(2L, 3L), 0, 0, 0, 0, 0, 0)
        .step(1, 2, 3, 1, 2, 3)
        .remembers("scale_by_factored_rms/row_var", 14 / 3.0, 14 / 3.0)
        .remembers("scale_by_factored_rms/col_var", 1, 4, 9)
        .isAt(-1, -1, -1, -1, -1, -1);
  }
}
