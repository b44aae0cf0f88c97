package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;

class MarkerTest {
  /** Twice the area, by the shoelace formula. */
  private static double area(Polyline line) {
    double area = 0;
    for (int i = 0; i < line.points().size(); i++) {
      double[] a = line.points().get(i);
      double[] b = line.points().get((i + 1) % line.points().size());
      area += a[0] * b[1] - a[1] * b[0];
    }
    return Math.abs(area);
  }

  @Test
  void linesAreReadAsTheyStand() {
    List<Polyline> square = Marker.at("M3 3H21V21H3Z", 100, 50, 24);
    assertThat(square).hasSize(1);
    assertThat(square.getFirst().points().toArray(new double[0][]))
        .isDeepEqualTo(new double[][] {{91, 41}, {109, 41}, {109, 59}, {91, 59}});
  }

  @Test
  void halfCirclesMakeACircle() {
    Polyline circle = Marker.at("M12 2A10 10 0 1 0 12 22A10 10 0 1 0 12 2Z", 0, 0, 24).getFirst();
    assertThat(circle.points())
        .allSatisfy(p -> assertThat(Math.hypot(p[0], p[1])).isCloseTo(10, within(1e-9)));
    assertThat(area(circle) / 2).isBetween(Math.PI * 99, Math.PI * 100);
  }

  @Test
  void everyLooksMarkerIsAShapeOfItsSize() {
    for (Look look : Looks.places(80)) {
      List<Polyline> outline = Marker.at(look.marker(), 0, 0, 12);
      assertThat(outline).as(look.marker()).hasSize(1);
      assertThat(area(outline.getFirst())).as(look.marker()).isGreaterThan(80);
      assertThat(outline.getFirst().points())
          .allSatisfy(
              p -> assertThat(Math.max(Math.abs(p[0]), Math.abs(p[1]))).isLessThanOrEqualTo(6));
    }
  }
}
