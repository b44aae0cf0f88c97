package thalweg.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void warmUpNeedsTimeStepsAndAgreement() {
    WarmUp fast = new WarmUp(30e6);
    // 1000 ns a step: 1 step, then 30000 steps of 30 ms a turn; 0.4 s are 14 turns and that one
    assertThat(turnsOf(fast, 1000)).isEqualTo(15);
    // 0.5 ms a step: 1 step, then 60 a turn; 5000 steps take 2.5 s
    assertThat(turnsOf(new WarmUp(30e6), 0.5e6)).isEqualTo(85);
  }

  @Test
  void turnsThatStillGetFasterAreNotSettled() {
    WarmUp warmUp = new WarmUp(30e6);
    for (double nanos = 10_000; nanos > 1000; nanos *= 0.97) {
      warmUp.add(nanos);
      assertThat(warmUp.done()).isFalse();
    }
    for (int i = 0; i < 5; i++) {
      warmUp.add(1000 + 99 * (i % 2));
    }
    assertThat(warmUp.done()).isTrue();
    warmUp.add(1101);
    assertThat(warmUp.done()).isFalse();
  }

  @Test
  void whatNeverSettlesIsMeasuredAfterFourSeconds() {
    WarmUp warmUp = new WarmUp(30e6);
    warmUp.add(1e9);
    warmUp.add(2e9);
    assertThat(warmUp.done()).isFalse();
    warmUp.add(1e9);
    assertThat(warmUp.done()).isTrue();
  }

  @Test
  void theStepsOfATurnFollowTheLastTurn() {
    WarmUp warmUp = new WarmUp(30e6);
    assertThat(warmUp.stepsPerTurn()).isEqualTo(1);
    warmUp.add(300e6);
    assertThat(warmUp.stepsPerTurn()).isEqualTo(1);
    warmUp.add(1e6);
    assertThat(warmUp.stepsPerTurn()).isEqualTo(30);
    warmUp.add(10_000);
    assertThat(warmUp.stepsPerTurn()).isEqualTo(3000);
    warmUp.add(0.001);
    assertThat(warmUp.stepsPerTurn()).isEqualTo(1_000_000);
  }

  @Test
  void theOrderRotatesAndEachRoundIsHeard() {
    StringBuilder heard = new StringBuilder();
    List<Runnable> contestants = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      contestants.add(() -> heard.append(name));
    }
    double[][] nanos =
        new Turns(contestants, new int[] {1, 2, 1}).measure(4, () -> heard.append(' '));
    assertThat(heard).hasToString("abbc bbca cabb abbc ");
    assertThat(nanos).hasDimensions(3, 4);
    assertThat(nanos[1]).doesNotContain(0);
  }

  @Test
  void quantilesAreMeasuredValues() {
    double[] values = {5, 1, 4, 2, 3};
    assertThat(Turns.quantile(values, 0.5)).isEqualTo(3);
    assertThat(Turns.quantile(values, 0)).isEqualTo(1);
    assertThat(Turns.quantile(values, 1)).isEqualTo(5);
    assertThat(values).startsWith(5, 1);
  }

  private static int turnsOf(WarmUp warmUp, double nanosPerStep) {
    int turns = 0;
    while (!warmUp.done()) {
      warmUp.add(nanosPerStep);
      turns++;
    }
    return turns;
  }
}
