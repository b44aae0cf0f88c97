package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Minimum;

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

  @Test
  void oneNumberIsTooFewForAMap() {
    var surface = new Samples.Sample((x, y) -> x, 1, Box.cube(1, 0, 1), List.of(), List.of(0.0));
    assertThatThrownBy(() -> SurfaceGrid.of(surface, List.of(0.0), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two or more numbers, got sample of 1");
  }
}
