package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.walk.Walk;

class ProjectBoxTest {
  private static Chain box(double lower, double upper) {
    return Chain.of(new Descend(1), new ProjectBox(lower, upper));
  }

  @Test
  void everyElementIsLimitedOnBothSides() {
    Walk.of(box(-1, 0.5), 0, 0, 0, 0, 0)
        .step(3, -3, 0.25, -0.25, -0.5)
        .isAt(-1, 0.5, -0.25, 0.25, 0.5);
  }

  @Test
  void anEndMayBeInfinite() {
    Walk.of(box(Double.NEGATIVE_INFINITY, 2), 0, 0).step(100, -100).isAt(-100, 2);
    Walk.of(box(-2, Double.POSITIVE_INFINITY), 0, 0).step(100, -100).isAt(-2, 100);
    assertThat(Specs.parse("sgd | project_box(-inf, 2)"))
        .isEqualTo(Chain.of(Sgd.lr(1e-3), new ProjectBox(Double.NEGATIVE_INFINITY, 2)));
    assertThat(Specs.print(new ProjectBox(Double.NEGATIVE_INFINITY, 2)))
        .isEqualTo("project_box(lower=-inf, upper=2)");
  }

  @Test
  void aBoxMayBeAPoint() {
    Walk.of(box(0.5, 0.5), 0, 7).step(3, -3).isAt(0.5, 0.5);
  }

  @Test
  void minusZeroBecomesTheEndAndNaNStaysNaN() {
    float[] w = {-0.0f, -0.0f, Float.NaN};
    Optimizer.of(box(0, 1), Parameters.of(ArrayParameter.of("w", w, new float[3]))).step();
    assertThat(Float.floatToRawIntBits(w[0])).isZero();
    assertThat(w[2]).isNaN();
  }

  @Test
  void aLowerEndAboveTheUpperIsRefused() {
    assertThatThrownBy(() -> new ProjectBox(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "project_box.lower must be at most project_box.upper, got 2.0 and 1.0; exchange them");
  }

  @Test
  void anEndThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> new ProjectBox(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ProjectBox.lower must be in [-inf, inf), got NaN");
    assertThatThrownBy(() -> new ProjectBox(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ProjectBox.lower must be in [-inf, inf), got Infinity");
    assertThatThrownBy(() -> new ProjectBox(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ProjectBox.upper must be in (-inf, inf], got -Infinity");
  }
}
