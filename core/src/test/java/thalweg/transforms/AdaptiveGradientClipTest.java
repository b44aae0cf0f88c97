package thalweg.transforms;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.walk.Walk;

class AdaptiveGradientClipTest {
  private static Chain clip(double clipping, double eps, Units units) {
    return Chain.of(new AdaptiveGradientClip(clipping, eps, units), new Descend(1));
  }

  private static final Chain COLUMNS = clip(0.5, 1e-3, Units.COLUMNS);
  private static final Chain ROWS = clip(0.5, 1e-3, Units.ROWS);

  @Test
  void aVectorIsOneUnit() {
    // |θ| = 5 allows 2.5; |g| = 10: a quarter. |g| = 2.4: as it is
    for (Chain rule : List.of(COLUMNS, ROWS)) {
      Walk.of(rule, 3, 4).step(6, -8).isAt(1.5, 6);
      Walk.of(rule, 3, 4).step(0, 2.4).isAt(3, 1.6);
      Walk.shaped(rule, List.of(1L, 2L), 3, 4).step(6, -8).isAt(1.5, 6);
      Walk.shaped(rule, List.of(), 4).step(-8).isAt(6);
    }
  }

  @Test
  void aColumnVectorIsOneUnitByColumnsAndManyByRows() {
    Walk.shaped(COLUMNS, List.of(2L, 1L), 3, 4).step(6, -8).isAt(1.5, 6);
    // |3| allows 1.5, |4| allows 2
    Walk.shaped(ROWS, List.of(2L, 1L), 3, 4).step(6, -8).isAt(1.5, 6);
    Walk.shaped(ROWS, List.of(2L, 1L), 3, 4).step(1, -8).isAt(2, 6);
  }

  @Test
  void byColumnsEachColumnOfAMatrixIsAUnit() {
    // columns (3 4) and (0 1): norms 5 and 1 allow 2.5 and 0.5; gradients (6 8) and (0.3 0.4)
    Walk.shaped(COLUMNS, List.of(2L, 2L), 3, 0, 4, 1).step(6, 0.3, 8, 0.4).isAt(1.5, -0.3, 2, 0.6);
  }

  @Test
  void byRowsEachRowOfAMatrixIsAUnit() {
    Walk.shaped(ROWS, List.of(2L, 2L), 3, 4, 0, 1).step(6, 8, 0.3, 0.4).isAt(1.5, 2, -0.3, 0.6);
  }

  @Test
  void byColumnsThreeAxesAreReducedOverTheFirst() {
    // [2, 1, 2], as Optax: units (θ₀ θ₂) and (θ₁ θ₃)
    Walk.shaped(COLUMNS, List.of(2L, 1L, 2L), 3, 0, 4, 1)
        .step(6, 0.3, 8, 0.4)
        .isAt(1.5, -0.3, 2, 0.6);
    // [2, 2, 1]: four columns of one … two units of two elements over the first axis
    Walk.shaped(COLUMNS, List.of(2L, 2L, 1L), 3, 0, 4, 1)
        .step(6, 0.3, 8, 0.4)
        .isAt(1.5, -0.3, 2, 0.6);
  }

  @Test
  void threeAxesOfWhichTheFirstIsOneAreUnitsOfOneElement() {
    // Optax takes for a vector what has at most one axis longer than 1; [1, 2, 2] has two:
    // each element is a unit: |3| allows 1.5, |4| 2, |2| 1, |10| 5
    Walk.shaped(COLUMNS, List.of(1L, 2L, 2L), 3, 4, 2, 10).step(6, 1, -6, 6).isAt(1.5, 3, 3, 5);
    // [1, 1, 2] and [1, 2, 1] are vectors
    Walk.shaped(COLUMNS, List.of(1L, 1L, 2L), 3, 4).step(6, -8).isAt(1.5, 6);
    Walk.shaped(COLUMNS, List.of(1L, 2L, 1L), 3, 4).step(6, -8).isAt(1.5, 6);
  }

  @Test
  void byColumnsFourAxesAreReducedOverTheFirstThree() {
    // [1, 2, 1, 2]: height 1, width 2, in 1, out 2: units (θ₀ θ₂) and (θ₁ θ₃)
    Walk.shaped(COLUMNS, List.of(1L, 2L, 1L, 2L), 3, 0, 4, 1)
        .step(6, 0.3, 8, 0.4)
        .isAt(1.5, -0.3, 2, 0.6);
    // [2, 1, 2, 1]: one unit of four: |(1 1 1 1)| = 2 allows 1; |(2 2 2 2)| = 4
    Walk.shaped(COLUMNS, List.of(2L, 1L, 2L, 1L), 1, 1, 1, 1)
        .step(2, 2, 2, 2)
        .isAt(0.5, 0.5, 0.5, 0.5);
  }

  @Test
  void byRowsMoreAxesAreUnitsOfTheFirst() {
    // [2, 1, 2] and [2, 2, 1, 1]: (3 4) and (0 1)
    for (List<Long> shape : List.of(List.of(2L, 1L, 2L), List.of(2L, 2L, 1L, 1L))) {
      Walk.shaped(ROWS, shape, 3, 4, 0, 1).step(6, 8, 0.3, 0.4).isAt(1.5, 2, -0.3, 0.6);
    }
  }

  @Test
  void weightsNearZeroCountAsEps() {
    // eps = 2 allows 1
    Walk.of(clip(0.5, 2, Units.COLUMNS), 0, 0).step(3, 4).isAt(-0.6, -0.8);
    Walk.of(clip(0.5, 2, Units.ROWS), 0, 1).step(3, 4).isAt(-0.6, 0.2);
  }

  @Test
  void aZeroGradientStaysZero() {
    Walk.shaped(COLUMNS, List.of(2L, 2L), 0, 0, 0, 0).step(0, 0, 0, 0).isAt(0, 0, 0, 0);
  }
}
