package thalweg.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static thalweg.schedule.Schedules.chained;
import static thalweg.schedule.Schedules.constant;
import static thalweg.schedule.Schedules.cosineAnnealing;
import static thalweg.schedule.Schedules.cosineAnnealingWarmRestarts;
import static thalweg.schedule.Schedules.cyclic;
import static thalweg.schedule.Schedules.exponential;
import static thalweg.schedule.Schedules.inverseSqrt;
import static thalweg.schedule.Schedules.lambda;
import static thalweg.schedule.Schedules.linear;
import static thalweg.schedule.Schedules.multiStep;
import static thalweg.schedule.Schedules.multiplicative;
import static thalweg.schedule.Schedules.noam;
import static thalweg.schedule.Schedules.oneCycle;
import static thalweg.schedule.Schedules.polynomial;
import static thalweg.schedule.Schedules.reduceOnPlateau;
import static thalweg.schedule.Schedules.sequential;
import static thalweg.schedule.Schedules.step;
import static thalweg.schedule.Schedules.warmup;
import static thalweg.schedule.Schedules.wsd;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Clock;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;

/** Worked out by hand; the recorded ones of PyTorch are walked by GoldenScheduleTest. */
class SchedulesTest {
  private static void assertValues(Schedule schedule, double base, double... expected) {
    Clock clock = new Clock();
    clock.follow(schedule);
    for (int k = 0; k < expected.length; k++) {
      clock.set(k, k);
      assertThat(schedule.at(base, k, clock))
          .as("%s at %d", schedule, k)
          .isCloseTo(expected[k], within(1e-15 * Math.max(1, Math.abs(expected[k]))));
    }
  }

  @Test
  void constantIsAFactorForAWhile() {
    assertValues(constant(0.5, 2), 4, 2, 2, 4, 4);
  }

  @Test
  void stepFallsEverySoOften() {
    assertValues(step(2, 0.5), 8, 8, 8, 4, 4, 2);
  }

  @Test
  void multiStepFallsAtItsMilestonesInAnyOrder() {
    assertValues(multiStep(0.5, 3, 1), 8, 8, 4, 4, 2, 2);
    assertValues(multiStep(0.5, 1, 1), 8, 8, 2, 2);
  }

  @Test
  void exponentialFallsAtEveryStep() {
    assertValues(exponential(0.5), 8, 8, 4, 2, 1);
  }

  @Test
  void linearGoesInALineAndStays() {
    assertValues(linear(0, 1, 4), 8, 0, 2, 4, 6, 8, 8);
  }

  @Test
  void polynomialFallsToZeroAndStays() {
    // 8 (1 - k/4)²
    assertValues(polynomial(4, 2), 8, 8, 4.5, 2, 0.5, 0, 0);
  }

  @Test
  void cosineRisesAgainBehindItsEnd() {
    // between 1 and 5: 3 + 2 cos(π k / 2)
    assertValues(cosineAnnealing(2).to(1), 5, 5, 3, 1, 3, 5);
  }

  @Test
  void warmRestartsTakeLongerEachTime() {
    // T = 1, 2, 4: at 0; 0, ½; 0, ¼, ½, ¾; 0: 4 (1 + cos π x)
    double quarter = 4 * (1 + Math.sqrt(0.5));
    assertValues(cosineAnnealingWarmRestarts(1, 2), 8, 8, 8, 4, 8, quarter, 4, 8 - quarter, 8);
  }

  @Test
  void cyclesGoUpAndDownBetweenTwoRates() {
    assertValues(cyclic(1, 5, 2), 99, 1, 3, 5, 3, 1, 3, 5);
    assertValues(cyclic(1, 5, 2).mode(Cyclic.Mode.TRIANGULAR2), 99, 1, 3, 5, 3, 1, 2, 3, 2, 1);
    assertValues(cyclic(1, 5, 2).stepSizeDown(4), 99, 1, 3, 5, 4, 3, 2, 1);
    // heights 1, ½, 0 times 0.5^k
    assertValues(
        cyclic(1, 5, 2).mode(Cyclic.Mode.EXP_RANGE).gamma(0.5), 99, 1, 2, 2, 1.25, 1, 1.0625);
  }

  @Test
  void momentumGoesAgainstTheCycle() {
    Schedule schedule = cyclic(1, 5, 2).baseMomentum(0.5).maxMomentum(0.9);
    assertThat(schedule.momentumAt(0, 0, new Clock())).isEqualTo(0.9);
    assertThat(schedule.momentumAt(0, 1, new Clock())).isCloseTo(0.7, within(1e-15));
    assertThat(schedule.momentumAt(0, 2, new Clock())).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void oneCycleRisesFallsAndEnds() {
    // 10 steps, 30 % up: the peak at k = 2, from 8/4 = 2, in lines; down to 2/2 = 1 at k = 9
    Schedule schedule =
        oneCycle(8, 10)
            .annealStrategy(OneCycle.AnnealStrategy.LINEAR)
            .divFactor(4)
            .finalDivFactor(2);
    assertValues(schedule, 0, 2, 5, 8, 7, 6, 5, 4, 3, 2, 1);
    assertThatThrownBy(() -> schedule.at(0, 10, new Clock()))
        .isInstanceOf(ScheduleEndException.class)
        .hasMessage(
            schedule
                + " ends after 10 steps, and step 11 was asked for: make total_steps larger, or say"
                + " what follows: .then(...)");
  }

  @Test
  void inverseSqrtFallsWithTheRoot() {
    // up to k = 4, then 8 √(4 / k): at 16 half of it
    assertValues(inverseSqrt(4), 8, 0, 2, 4, 6, 8);
    assertThat(inverseSqrt(4).at(8, 16, new Clock())).isEqualTo(4);
    assertThat(inverseSqrt(0).at(8, 30_000, new Clock())).isEqualTo(4);
  }

  @Test
  void noamIsThePapersFormula() {
    // d = 4, warm-up 4: ½ min(s^-½, s/8), s = 1, …; at s = 4 both are ½
    assertValues(noam(4, 4), 1, 1 / 16.0, 2 / 16.0, 3 / 16.0, 0.25, 0.5 / Math.sqrt(5));
    assertThat(noam(4, 4).base()).hasValue(1);
  }

  @Test
  void wsdWarmsUpStaysAndDecays() {
    assertValues(wsd(2, 2, 4), 8, 0, 4, 8, 8, 8, 6, 4, 2);
    assertValues(wsd(0, 1, 4).minLrRatio(0.5), 8, 8, 8, 7, 6, 5);
    assertValues(wsd(0, 0, 2).decay(Wsd.Decay.COSINE), 8, 8, 4);
    assertValues(wsd(0, 0, 4).decay(Wsd.Decay.SQRT), 8, 8, 4);
    assertValues(wsd(0, 0, 2).minLrRatio(0.25).decay(Wsd.Decay.EXPONENTIAL), 8, 8, 4);
    assertThatThrownBy(() -> wsd(2, 2, 4).at(8, 8, new Clock()))
        .hasMessageContaining("ends after 8 steps, and step 9 was asked for");
  }

  @Test
  void warmupReachesTheBaseInFourWays() {
    assertValues(warmup(4), 8, 0, 2, 4, 6, 8, 8);
    assertValues(warmup(2).kind(Warmup.Kind.LINEAR, 0.5), 8, 4, 6, 8);
    assertValues(warmup(2).kind(Warmup.Kind.CONSTANT, 0.25), 8, 2, 2, 8);
    assertValues(warmup(2).kind(Warmup.Kind.COSINE, 0), 8, 0, 4, 8);
    assertValues(warmup(2).kind(Warmup.Kind.EXPONENTIAL, 0.25), 8, 2, 4, 8);
    assertThatThrownBy(() -> warmup(2).kind(Warmup.Kind.EXPONENTIAL, 0))
        .hasMessageContaining("start_factor must be above 0");
  }

  @Test
  void functionsInJava() {
    assertValues(lambda(k -> 1.0 / (k + 1)), 6, 6, 3, 2);
    assertValues(multiplicative(k -> k), 6, 6, 6, 12, 36);
    assertThat(multiplicative(k -> k).at(6, 3, new Clock())).isEqualTo(36); // nothing remembered
  }

  @Test
  void whatFollowsBeginsAnew() {
    assertValues(warmup(2).then(exponential(0.5)), 8, 0, 4, 8, 4, 2);
    assertValues(step(1, 0.5).until(2).then(linear(0, 1, 2)), 8, 8, 4, 0, 4, 8);
    assertValues(sequential(List.of(step(1, 0.5), linear(0, 1, 2)), List.of(2L)), 8, 8, 4, 0, 4, 8);
    assertThat(warmup(2).then(cosineAnnealing(3)).span()).isEqualTo(5);
  }

  @Test
  void aProductHasTheFirstForABase() {
    assertValues(warmup(2).times(exponential(0.5)), 8, 0, 2, 2, 1);
    assertValues(chained(warmup(2), exponential(0.5), constant(2, 3)), 8, 0, 4, 4, 1);
  }

  @Test
  void epochsComeFromTheClock() {
    Schedule schedule = exponential(0.5).perEpoch();
    Clock clock = new Clock();
    assertThat(schedule.at(8, 5, clock)).isEqualTo(8);
    clock.endEpoch();
    assertThat(schedule.at(8, 6, clock)).isEqualTo(4);
    assertThat(warmup(1).perEpoch().then(exponential(0.5).perEpoch()))
        .isEqualTo(warmup(1).then(exponential(0.5)).perEpoch());
    assertThat(exponential(0.5).perEpoch().until(3))
        .isEqualTo(exponential(0.5).until(3).perEpoch());
  }

  @Test
  void joinsThatMeanNothingSayWhy() {
    assertThatThrownBy(() -> exponential(0.5).then(warmup(2)))
        .hasMessage(
            "exponential has no end of its own to put 'then' after; write"
                + " exponential(gamma=0.5).until(n).then(...)");
    assertThatThrownBy(() -> warmup(2).perEpoch().then(exponential(0.5)))
        .hasMessageContaining("warmup counts epochs and exponential updates");
    assertThatThrownBy(() -> warmup(2).times(exponential(0.5).from(3)))
        .hasMessageContaining("give the base to the first");
    assertThatThrownBy(() -> exponential(0.5).until(0))
        .hasMessage("until must be at least 1 step, got 0");
    assertThatThrownBy(() -> exponential(0.5).until(2).at(8, 2, new Clock()))
        .hasMessageContaining("nothing follows it; add .then(...)");
  }

  @Test
  void aPlateauReducesAfterItsPatience() {
    ReduceOnPlateau schedule = reduceOnPlateau().patience(1).factor(0.5).cooldown(1).minLr(1.5);
    Clock clock = new Clock();
    clock.follow(schedule);
    double[] metrics = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    // bad: 0, 1, 2 → reduce, cooling → 0, 1, 2 → reduce, cooling, 1, 2 → reduce
    double[] rates = {8, 8, 4, 4, 4, 2, 2, 2, 1.5, 1.5};
    for (int i = 0; i < metrics.length; i++) {
      clock.report(metrics[i]);
      assertThat(schedule.at(8, 0, clock)).as("after report %d", i + 1).isEqualTo(rates[i]);
    }
  }

  @Test
  void aNaNIsNoBetter() {
    ReduceOnPlateau schedule = reduceOnPlateau().patience(0).factor(0.5);
    Clock clock = new Clock();
    clock.follow(schedule);
    clock.report(1);
    clock.report(Double.NaN);
    assertThat(schedule.at(8, 0, clock)).isEqualTo(4);
  }
}
