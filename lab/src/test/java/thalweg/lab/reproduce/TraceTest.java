package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static Trace trace(List<Double> losses, Trace.End end, boolean diverged) {
    return new Trace(losses, List.of(), end, 500, diverged, Trace.Switched.NEVER, 1, 2, 3);
  }

  private static List<Double> losses(int high, int low) {
    return Stream.concat(
            Collections.nCopies(high, 1.0).stream(), Collections.nCopies(low, 0.0).stream())
        .toList();
  }

  @Test
  void aLossIsReachedWhenTheMeanOfTenBatchesHasIt() {
    Trace trace = trace(losses(20, 20), new Trace.End(0, 0, 1), false);
    assertThat(trace.stepsTo(0.5)).isEqualTo(25);
    assertThat(trace.stepsTo(0)).isEqualTo(30);
    assertThat(trace.stepsTo(1)).isEqualTo(10);
  }

  @Test
  void aLossNeverReachedCountsAsAllPlannedSteps() {
    assertThat(trace(losses(20, 5), new Trace.End(0, 0, 1), false).stepsTo(0.1)).isEqualTo(500);
    assertThat(trace(losses(5, 4), new Trace.End(0, 0, 1), false).stepsTo(2)).isEqualTo(500);
  }

  @Test
  void aRunThatDivergedCountsAsTheWorstInEveryMeasure() {
    Trace trace = trace(losses(1, 0), new Trace.End(Double.NaN, Double.NaN, 0.9), true);
    assertThat(trace.trainLoss()).isEqualTo(10);
    assertThat(trace.validationLoss()).isEqualTo(10);
    assertThat(trace.accuracy()).isZero();
    assertThat(trace(List.of(), new Trace.End(1e9, 5, 0.9), false).trainLoss()).isEqualTo(10);
  }

  @Test
  void theRestOfARunFollowsOnItsBeginning() {
    Trace beginning =
        new Trace(
            List.of(3.0, 2.0),
            List.of(new Trace.Epoch(2.5, 2.4, 0.5, 7)),
            new Trace.End(2, 2, 0.5),
            2,
            false,
            Trace.Switched.NEVER,
            1,
            10,
            80);
    Trace rest =
        new Trace(
            List.of(1.0),
            List.of(new Trace.Epoch(1, 1.1, 0.8, 2)),
            new Trace.End(0.9, 1.1, 0.8),
            1,
            false,
            new Trace.Switched(true, 0.5),
            5,
            10,
            40);
    Trace whole = rest.after(beginning);
    assertThat(whole.stepLoss()).containsExactly(3.0, 2.0, 1.0);
    assertThat(whole.epochs()).hasSize(2);
    assertThat(whole.epochs().getLast().seconds()).isCloseTo(9, within(1e-12));
    assertThat(whole.plannedSteps()).isEqualTo(3);
    assertThat(whole.optimizerBytes()).isEqualTo(80);
    assertThat(whole.end()).isEqualTo(rest.end());
    assertThat(whole.switched()).isEqualTo(rest.switched());
  }
}
