package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinnedTest {
  private static Polyline line(boolean closed, double[]... points) {
    return new Polyline(List.of(points), closed);
  }

  private static double[] p(double x, double y) {
    return new double[] {x, y};
  }

  @Test
  void pointsOnAStraightLineAreLeftOut() {
    Polyline thinned = Thinned.of(line(false, p(0, 0), p(1, 0.01), p(2, 0), p(9, 0)), 0.1);
    assertThat(thinned.points().toArray(new double[0][]))
        .isDeepEqualTo(new double[][] {{0, 0}, {9, 0}});
  }

  @Test
  void theBeginningOfALongLineIsThatOfAShorterOne() {
    List<double[]> wave =
        IntStream.range(0, 1000).mapToObj(i -> p(i, 20 * Math.sin(i / 30.0))).toList();
    List<double[]> whole = Thinned.of(new Polyline(wave, false), 1).points();
    List<double[]> half = Thinned.of(new Polyline(wave.subList(0, 513), false), 1).points();
    assertThat(whole.subList(0, half.size()).toArray()).isEqualTo(half.toArray());
  }

  @Test
  void cornersAreKept() {
    Polyline line = line(false, p(0, 0), p(5, 0), p(5, 5), p(5, 0.3), p(9, 0));
    assertThat(Thinned.of(line, 0.1).points()).hasSize(5);
  }

  @Test
  void aWayBackAlongTheSameLineIsKept() {
    assertThat(Thinned.of(line(false, p(0, 0), p(9, 0), p(4, 0)), 0.1).points()).hasSize(3);
  }

  @Test
  void aCircleStaysClosedAndRound() {
    Polyline circle = Marker.circle(0, 0, 50).getFirst();
    Polyline thinned = Thinned.of(circle, 1);
    assertThat(thinned.closed()).isTrue();
    assertThat(thinned.points()).hasSizeBetween(12, 24);
    assertThat(thinned.points())
        .allSatisfy(p -> assertThat(Math.hypot(p[0], p[1])).isBetween(49.99, 50.01));
  }
}
