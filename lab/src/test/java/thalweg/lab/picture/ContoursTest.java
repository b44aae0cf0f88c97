package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.surface.Box;

class ContoursTest {
  private static final Box SQUARE = Samples.SQUARE;

  private static double length(List<Contour> contours) {
    double length = 0;
    for (Contour contour : contours) {
      for (Polyline line : contour.lines()) {
        List<double[]> points = line.points();
        for (int i = 1; i < points.size() + (line.closed() ? 1 : 0); i++) {
          double[] a = points.get(i - 1);
          double[] b = points.get(i % points.size());
          length += Math.hypot(a[0] - b[0], a[1] - b[1]);
        }
      }
    }
    return length;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9})
  void aBowlsLineIsOneClosedCircleOfTheRightRadius(double radius) {
    double[][] z = Samples.grid((x, y) -> x * x + y * y, SQUARE, 81);
    List<Polyline> lines = Contours.of(z, SQUARE, List.of(radius * radius)).getFirst().lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().closed()).isTrue();
    // Linear interpolation of a parabola over a cell of width 1/40 is off by at most 1/40²/4.
    assertThat(lines.getFirst().points())
        .allSatisfy(p ->
            assertThat(p[0] * p[0] + p[1] * p[1]).isCloseTo(radius * radius, within(1 / 6400.0)));
    assertThat(length(Contours.of(z, SQUARE, List.of(radius * radius))))
        .isCloseTo(2 * Math.PI * radius, within(0.005));
  }

  @Test
  void aPlanesLineIsStraightAndEndsOnTheBorder() {
    double[][] z = Samples.grid((x, y) -> 2 * x + 3 * y, SQUARE, 24);
    List<Polyline> lines = Contours.of(z, SQUARE, List.of(0.4)).getFirst().lines();
    assertThat(lines).hasSize(1);
    Polyline line = lines.getFirst();
    assertThat(line.closed()).isFalse();
    assertThat(line.points())
        .allSatisfy(p -> assertThat(2 * p[0] + 3 * p[1]).isCloseTo(0.4, within(1e-12)));
    for (double[] end : List.of(line.points().getFirst(), line.points().getLast())) {
      assertThat(Math.max(Math.abs(end[0]), Math.abs(end[1]))).isEqualTo(1);
    }
  }

  @Test
  void aLineThroughNodesIsOneLine() {
    double[][] z = Samples.grid((x, y) -> x, SQUARE, 5);
    List<Polyline> lines = Contours.of(z, SQUARE, List.of(0.5)).getFirst().lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().points()).allSatisfy(p -> assertThat(p[0]).isEqualTo(0.5));
  }

  @Test
  void turningTheSurfaceTurnsItsLines() {
    List<Double> heights = List.of(0.3, 2.0, 20.0, 200.0);
    double[][] z = Samples.grid(Samples::rosenbrock, SQUARE, 40);
    double[][] turned = Samples.grid((x, y) -> Samples.rosenbrock(y, -x), SQUARE, 40);
    double[][] mirrored = Samples.grid((x, y) -> Samples.rosenbrock(-x, y), SQUARE, 40);
    double length = length(Contours.of(z, SQUARE, heights));
    assertThat(length(Contours.of(turned, SQUARE, heights))).isCloseTo(length, within(1e-9));
    assertThat(length(Contours.of(mirrored, SQUARE, heights))).isCloseTo(length, within(1e-9));
  }

  @Test
  void aSaddleCellIsCutAsItsCentreSays() {
    // One cell, corners high, low, high, low: at 0.4 the centre, 0.5, joins the high corners.
    double[][] z = {{1, 0}, {0, 1}};
    List<Polyline> joined = Contours.of(z, SQUARE, List.of(0.4)).getFirst().lines();
    List<Polyline> parted = Contours.of(z, SQUARE, List.of(0.6)).getFirst().lines();
    // A line around a low corner, such as (1, -1), has x - y of one sign and does not cross.
    assertThat(joined)
        .hasSize(2)
        .allSatisfy(line -> {
          double[] a = line.points().getFirst();
          double[] b = line.points().getLast();
          assertThat((a[0] - a[1]) * (b[0] - b[1])).isPositive();
        });
    assertThat(parted)
        .hasSize(2)
        .allSatisfy(line -> {
          double[] a = line.points().getFirst();
          double[] b = line.points().getLast();
          assertThat((a[0] + a[1]) * (b[0] + b[1])).isPositive();
        });
  }

  @Test
  void cellsThatAreNotFiniteHaveNoLines() {
    double[][] z = Samples.grid((x, y) -> x < 0 ? Double.NaN : y, SQUARE, 41);
    List<Polyline> lines = Contours.of(z, SQUARE, List.of(0.01)).getFirst().lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().points()).allSatisfy(p -> assertThat(p[0]).isNotNegative());
    double[][] infinite = Samples.grid((x, y) -> x < 0 ? 1 / 0.0 : y, SQUARE, 41);
    assertThat(length(Contours.of(infinite, SQUARE, List.of(0.01)))).isCloseTo(1, within(1e-12));
  }

  @Test
  void whatLiesAboveIsBoundedByTheBorderToo() {
    double[][] z = Samples.grid((x, y) -> x, SQUARE, 11);
    List<Polyline> lines = Contours.above(z, SQUARE, List.of(0.5)).getFirst().lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().closed()).isTrue();
    assertThat(length(Contours.above(z, SQUARE, List.of(0.5)))).isCloseTo(5, within(1e-12));
    assertThat(length(Contours.above(z, SQUARE, List.of(-9.0)))).isCloseTo(8, within(1e-12));
    assertThat(Contours.above(z, SQUARE, List.of(1.5)).getFirst().lines()).isEmpty();
  }

  @Test
  void aHoleIsBoundedByALineOfItsOwn() {
    double[][] z = Samples.grid((x, y) -> x * x + y * y, SQUARE, 41);
    assertThat(Contours.above(z, SQUARE, List.of(0.25)).getFirst().lines()).hasSize(2);
    double[][] undefined =
        Samples.grid((x, y) -> x * x + y * y < 0.25 ? Double.NaN : 1, SQUARE, 41);
    assertThat(Contours.above(undefined, SQUARE, List.of(0.5)).getFirst().lines()).hasSize(2);
  }

  @Test
  void asManyLevelsAsAskedForAreDrawn() {
    double[][] z = Samples.grid(Samples::rosenbrock, SQUARE, 41);
    assertThat(Contours.of(z, SQUARE, 12))
        .hasSize(12)
        .allSatisfy(contour -> assertThat(contour.lines()).isNotEmpty());
  }
}
