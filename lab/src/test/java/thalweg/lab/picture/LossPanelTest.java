package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossPanelTest {
  private static LossPanel panel(String surface, int steps, String... optimizers) {
    var scene = Scene.of(Samples.trace(surface, steps, optimizers), Paper.LIGHT);
    return LossPanel.of(scene, 0, 0, 440);
  }

  private static List<double[]> line(LossPanel panel, int step) {
    return panel.until(step).stream()
        .filter(Figure.Path.class::isInstance)
        .map(Figure.Path.class::cast)
        .filter(path -> path.fill() == null && path.opacity() == 1)
        .findFirst()
        .orElseThrow()
        .lines()
        .getFirst()
        .points();
  }

  @Test
  void aLossThatHalvesEveryStepIsAStraightLineDown() {
    // f = (x² + y²) / 2 and a rate of 1 - √½ halve the loss at every step.
    LossPanel panel = panel("expression(x^2/2 + y^2/2)", 20, "sgd(lr=0.2928932188134524)");
    assertThat(panel.plane().up().logarithmic()).isTrue();
    List<double[]> points = line(panel, 20);
    assertThat(points).hasSize(2);
    assertThat(points.getLast()[0]).isCloseTo(panel.plane().right(), within(1e-9));
  }

  @Test
  void whereTheMinimumIsKnownTheLossIsAboveIt() {
    LossPanel panel = panel("goldstein_price", 5, "sgd(lr=1e-6)");
    assertThat(panel.plane().up().name()).isEqualTo("f above its minimum");
    double loss = panel.scene().trace().walks().getFirst().loss()[0] - 3;
    assertThat(line(panel, 5).getFirst()[1]).isCloseTo(panel.plane().y(loss), within(1e-9));
  }

  @Test
  void aLossBelowZeroWithoutAKnownMinimumHasALinearAxis() {
    LossPanel panel = panel("saddle", 30, "sgd(lr=0.1)");
    assertThat(panel.plane().up().logarithmic()).isFalse();
    assertThat(panel.plane().up().name()).isEqualTo("f");
  }

  @Test
  void aLossThatLeavesDoesNotMakeTheOthersFlat() {
    LossPanel panel = panel("rosenbrock", 40, "sgd(lr=1)", "adam");
    double first = panel.scene().trace().walks().getFirst().loss()[0];
    assertThat(panel.plane().up().high()).isLessThan(10 * first);
    panel.until(40).stream()
        .filter(Figure.Path.class::isInstance)
        .map(Figure.Path.class::cast)
        .filter(path -> path.fill() == null && path.pen() != null && path.pen().width() == 2)
        .flatMap(path -> path.lines().stream())
        .flatMap(line -> line.points().stream())
        .forEach(point -> assertThat(point[1]).isBetween(-1e-9, 440 + 1e-9));
  }

  @Test
  void aLossOfZeroLiesOnTheLowerEdge() {
    LossPanel panel = panel("quadratic(condition=1)", 1, "sgd(lr=1)");
    assertThat(panel.plane().up().logarithmic()).isTrue();
    assertThat(line(panel, 1).getLast()[1]).isCloseTo(440, within(1e-9));
  }
}
