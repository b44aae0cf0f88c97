package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class EyeTest {
  private static final Eye FRONT = new Eye(Samples.SQUARE, 0, 100, 200, 200);
  private static final Eye RIGHT = new Eye(Samples.SQUARE, Math.PI / 2, 100, 200, 200);

  private static SurfaceHeights heights(DoubleBinaryOperator f) {
    double[][] z = Samples.grid(f, Samples.SQUARE, 101);
    var scale = new HeightScale(0, 1, 1e9);
    var grid = new SurfaceGrid(z, Samples.SQUARE, java.util.List.of(0.0, 0.0), scale);
    return SurfaceHeights.of(grid, scale, 50);
  }

  @Test
  void fromTheFrontTheFirstCoordinateGoesToTheRightAndTheSecondAway() {
    assertThat(FRONT.place(0, 0, 0)).containsExactly(200, 200);
    assertThat(FRONT.place(1, 0, 0)[0]).isCloseTo(250, within(1e-9));
    assertThat(FRONT.place(0, 1, 0)[1]).isLessThan(200);
    assertThat(FRONT.place(0, 0, 1)[1]).isLessThan(200);
    assertThat(FRONT.distance(0, 1)).isGreaterThan(FRONT.distance(0, -1));
  }

  @Test
  void turnedAgainstTheClockTheSecondCoordinateGoesToTheRight() {
    assertThat(RIGHT.place(0, 1, 0)[0]).isCloseTo(250, within(1e-9));
    assertThat(RIGHT.distance(1, 0)).isLessThan(RIGHT.distance(-1, 0));
  }

  @Test
  void aWallHidesWhatIsBehindIt() {
    SurfaceHeights wall = heights((x, y) -> Math.abs(y) < 0.1 ? 1 : 0);
    assertThat(FRONT.hides(wall, 0, 0.3)).isTrue();
    assertThat(FRONT.hides(wall, 0, -0.3)).isFalse();
    assertThat(FRONT.hides(wall, 0, 0)).isFalse();
    assertThat(RIGHT.hides(wall, 0, 0.3)).isFalse();
  }

  @Test
  void farBehindAWallOneSeesOverIt() {
    SurfaceHeights fence = heights((x, y) -> Math.abs(y + 0.8) < 0.1 ? 0.3 : 0);
    assertThat(FRONT.hides(fence, 0, -0.6)).isTrue();
    assertThat(FRONT.hides(fence, 0, 0.9)).isFalse();
  }

  @Test
  void aPlaneHidesNothing() {
    SurfaceHeights plane = heights((x, y) -> (x + 1) / 2);
    assertThat(FRONT.hides(plane, 0.3, 0.3)).isFalse();
    assertThat(FRONT.hides(plane, -1, 1)).isFalse();
  }

  @Test
  void heightsAreMeansOfWhatIsAround() {
    SurfaceHeights trench = heights((x, y) -> Math.abs(x) < 0.001 ? 0 : 1);
    assertThat(trench.share(0, 0.5)).isStrictlyBetween(0.2, 0.8);
    assertThat(trench.share(0.5, 0.5)).isCloseTo(1, within(1e-6));
    assertThat(heights((x, y) -> Double.NaN).share(0, 0)).isNaN();
  }
}
