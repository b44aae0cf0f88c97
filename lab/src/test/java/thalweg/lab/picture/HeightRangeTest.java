package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.surface.Expression;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

class HeightRangeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/(x^2 + y^2) + x",
        "1/x + 0*y",
        "1/x^2 + 0*y",
        "1/(x - 0.01) + y",
        "1/(x - y)",
        "-1/(x^2 + y^2)",
        "tan(x) + y"
      })
  void aPoleLeavesTheRestMostOfTheColours(String formula) {
    SurfaceGrid grid = grid(Expression.parse(formula));
    HeightScale scale = grid.scale();
    double[] sorted = heights(grid);
    assertThat(scale.cutBelow() || scale.cutAbove()).isTrue();
    assertThat(scale.share(part(sorted, 0.9)) - scale.share(part(sorted, 0.1))).isGreaterThan(0.35);
    long beyond = Arrays.stream(sorted).filter(v -> v < scale.low() || v > scale.high()).count();
    assertThat((double) beyond / sorted.length).isBetween(0.005, 0.2);
  }

  @Test
  void onlyTheEndThatHasAPoleIsCut() {
    HeightScale up = grid(Expression.parse("1/(x^2 + y^2) + x")).scale();
    assertThat(up.cutBelow()).isFalse();
    assertThat(up.cutAbove()).isTrue();
    assertThat(up.high()).isBetween(3.0, 8.0);
    assertThat(up.text(1)).isEqualTo("≥ " + Numbers.text(up.high()));
    assertThat(up.text(0)).isEqualTo(Numbers.text(up.low()));
    assertThat(up.text()).endsWith(", cut off above " + Numbers.text(up.high()));
    HeightScale down = grid(Expression.parse("-1/(x^2 + y^2) + x")).scale();
    assertThat(down.cutAbove()).isFalse();
    assertThat(down.text(0)).isEqualTo("≤ " + Numbers.text(down.low()));
    assertThat(down.text()).endsWith(", cut off below " + Numbers.text(down.low()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expression(exp(20*x) + y)", // decades, but no pole
        "expression(-exp(-50*(x^2 + y^2)))", // a narrow hole
        "expression(exp(-500*(x^2 + y^2)))", // a needle that the rest is nothing to
        "expression(1/(x^2 + y^2 + 0.2))",
        "expression(cos(100*x) + y)",
        "expression(log(x) + y^2)",
        "expression(sigmoid(100*x) + y)"
      })
  void whatHasNoPoleKeepsItsRange(String text) {
    keepsItsRange(Surfaces.parse(text));
  }

  @Test
  void everySurfaceWithANameKeepsItsRange() {
    Surfaces.names().forEach(name -> keepsItsRange(Surfaces.parse(name)));
  }

  @Test
  void aKnownMinimumIsNeverCutOff() {
    double[][] z = grid(Expression.parse("-1/(x^2 + y^2) + x")).z();
    HeightScale scale = HeightScale.of(z, -5000);
    assertThat(scale.low()).isEqualTo(-5000);
    assertThat(scale.cutBelow()).isFalse();
  }

  private static void keepsItsRange(Surface surface) {
    SurfaceGrid grid = grid(surface);
    double[] sorted = heights(grid);
    HeightScale scale = grid.scale();
    assertThat(scale.cutBelow() || scale.cutAbove()).as(surface.text()).isFalse();
    assertThat(scale.low()).as(surface.text()).isLessThanOrEqualTo(sorted[0]);
    assertThat(scale.high()).as(surface.text()).isEqualTo(sorted[sorted.length - 1]);
  }

  private static SurfaceGrid grid(Surface surface) {
    return SurfaceGrid.of(surface, surface.start(), SurfaceGrid.SCALE_NODES);
  }

  private static double[] heights(SurfaceGrid grid) {
    return Arrays.stream(grid.z())
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private static double part(double[] sorted, double part) {
    return sorted[(int) (part * (sorted.length - 1))];
  }
}
