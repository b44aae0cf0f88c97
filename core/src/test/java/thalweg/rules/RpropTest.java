package thalweg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.text.Specs;
import thalweg.walk.Walk;

/** torch.optim.Rprop: step sizes times 1.2 while the sign stays, times 0.5 where it turns. */
class RpropTest {
  @Test
  void defaultsArePyTorchs() {
    assertThat(Hyperparameters.standard(Rprop.class))
        .isEqualTo(new Rprop(1e-2, 0.5, 1.2, 1e-6, 50, false));
  }

  @Test
  void theTextFormHasPyTorchsLists() {
    assertThat(Specs.parse("rprop(lr=0.1, etas=[0.4, 1.5], step_sizes=[1e-3, 2])"))
        .isEqualTo(new Rprop(0.1, 0.4, 1.5, 1e-3, 2, false));
  }

  @Test
  void stepsGrowWhileTheSignStaysAndPauseWhereItTurns() {
    // sizes: 0.1, 0.12, then 0.06 without a step, 0.06, 0.072
    Walk.of(Rprop.lr(0.1), 1)
        .step(2)
        .isAt(0.9)
        .remembersOnly("rprop/prev", "rprop/step_size")
        .step(1e-3)
        .isAt(0.78)
        .step(-3)
        .isAt(0.78)
        .remembers("rprop/prev", 0)
        .remembers("rprop/step_size", 0.06)
        .step(-3)
        .isAt(0.84)
        .step(-1)
        .isAt(0.912);
  }

  @Test
  void aGradientOfZeroLeavesTheSizeAlone() {
    Walk.of(Rprop.lr(0.1), 1).step(2).step(0).isAt(0.9).step(2).isAt(0.8);
  }

  @Test
  void sizesStayBetweenTheirBounds() {
    // 0.1 is cut to 0.08; 0.04 is raised to 0.05
    Walk.of(Rprop.lr(0.1).stepSize1(0.05).stepSize2(0.08), 1)
        .step(1)
        .isAt(0.92)
        .step(1)
        .isAt(0.84)
        .step(-1)
        .remembers("rprop/step_size", 0.05);
  }

  @Test
  void theSignsOfWhispersCountToo() {
    // 1e-30·1e-30 is 0 in float32, but the sign has stayed
    Walk.of(Rprop.lr(0.1), 1).step(1e-30).step(1e-30).isAt(0.78);
  }

  @Test
  void maximizeClimbs() {
    Walk.of(Rprop.lr(0.1).maximize(true), 1).step(2).isAt(1.1);
  }
}
