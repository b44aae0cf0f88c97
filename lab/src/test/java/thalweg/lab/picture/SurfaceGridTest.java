package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

class SurfaceGridTest {
  private static final List<Double> START = List.of(0.5, 0.5, 3.0);

  @Test
  void columnsAreTheFirstCoordinateAndRowsTheSecond() {
    var box = new Box(List.of(0.0, 10.0), List.of(2.0, 30.0));
    var grid = SurfaceGrid.of(Samples.surface((x, y) -> x + y, box), List.of(0.0, 0.0), 3);
    assertThat(grid.z()).isDeepEqualTo(new double[][] {{10, 11, 12}, {20, 21, 22}, {30, 31, 32}});
  }

  @Test
  void theOtherCoordinatesAreThoseOfTheStart() {
    var surface = new Samples.Sample((x, y) -> x + y, 3, Box.cube(3, 0, 1), List.of(), START);
    assertThat(SurfaceGrid.of(surface, START, 2).z())
        .isDeepEqualTo(new double[][] {{9, 10}, {10, 11}});
  }

  @Test
  void aRecordedMinimumComesBeforeTheStart() {
    var minimum = new Minimum(List.of(0.0, 0.0, 1.0), 0.25);
    var surface =
        new Samples.Sample((x, y) -> x + y, 3, Box.cube(3, 0, 1), List.of(minimum), START);
    var grid = SurfaceGrid.of(surface, START, 2);
    assertThat(grid.z()).isDeepEqualTo(new double[][] {{1, 2}, {2, 3}});
    assertThat(grid.scale().low()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rosenbrock", "himmelblau", "rastrigin", "random(seed=7)", "ackley"})
  void howeverFinelyASurfaceIsDrawnItHasOneScale(String text) {
    Surface surface = Surfaces.parse(text);
    SurfaceGrid fine = SurfaceGrid.of(surface, surface.start(), SurfaceGrid.NODES);
    SurfaceGrid coarse = SurfaceGrid.of(surface, surface.start(), SurfaceGrid.SCALE_NODES);
    assertThat(fine.scale()).isEqualTo(coarse.scale());
    assertThat(fine.every(2).scale()).isEqualTo(coarse.scale());
    double[][] half = fine.every(2).z();
    assertThat(half).hasDimensions(181, 181);
    assertThat(half[7][100]).isEqualTo(fine.z()[14][200]);
    assertThat(half[180][180]).isEqualTo(fine.z()[360][360]);
  }

  @Test
  void nodesThatDoNotCoverTheBoxAreRefused() {
    SurfaceGrid grid = SurfaceGrid.of(Samples.surface((x, y) -> x, Samples.SQUARE), START, 11);
    assertThatThrownBy(() -> grid.every(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one in 3 of 10 cells leaves a part over; take a divisor");
  }

  @Test
  void oneNumberIsTooFewForAMap() {
    var surface = new Samples.Sample((x, y) -> x, 1, Box.cube(1, 0, 1), List.of(), List.of(0.0));
    assertThatThrownBy(() -> SurfaceGrid.of(surface, List.of(0.0), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two or more numbers, got sample of 1");
  }
}
