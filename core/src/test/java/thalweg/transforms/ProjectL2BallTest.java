package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.rules.Adam;
import thalweg.walk.Walk;

class ProjectL2BallTest {
  private static Chain ball(double radius) {
    return Chain.of(new Descend(1), new ProjectL2Ball(radius));
  }

  @Test
  void whatIsOutsideLandsOnTheSphere() {
    // (4, 5) − (1, 1) = (3, 4), of norm 5; times 2/5
    Walk.of(ball(2), 4, 5).step(1, 1).isAt(1.2, 1.6);
  }

  @Test
  void itOnlyShrinks() {
    Walk.of(ball(6), 4, 5).step(1, 1).isAt(3, 4);
    Walk.of(ball(5), 4, 5).step(1, 1).isAt(3, 4);
    Walk.of(ball(1), 1, 1).step(1, 1).isAt(0, 0);
  }

  @Test
  void eachTensorHasABallOfItsOwnAndKeepsItsNaN() {
    float[] far = {3, 4};
    float[] near = {-0.0f, 0.1f};
    float[] broken = {Float.NaN, 0.1f};
    var parameters =
        Parameters.of(
            ArrayParameter.of("far", far, new float[2]),
            ArrayParameter.of("near", near, new float[2]),
            ArrayParameter.of("broken", broken, new float[2]));
    Optimizer.of(ball(2.5), parameters).step();
    assertThat(far).containsExactly(1.5f, 2);
    // bit for bit: −0 stays −0
    assertThat(near).isEqualTo(new float[] {-0.0f, 0.1f});
    assertThat(broken).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void takesTwoPasses() {
    assertThat(Plan.of(Formula.of(Chain.of(Adam.lr(0.1), new ProjectL2Ball(1)))).trips())
        .hasSize(2);
  }

  @Test
  void aRadiusOfZeroIsRefused() {
    assertThatThrownBy(() -> new ProjectL2Ball(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ProjectL2Ball.radius must be in (0, inf), got 0.0");
  }
}
