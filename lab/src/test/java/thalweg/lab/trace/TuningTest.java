package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;
import thalweg.lab.RangeEnd;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.text.NumberText;

class TuningTest {
  private static TraceRequest request(Surface surface, int steps, String... optimizers) {
    return new TraceRequest(surface, List.of(optimizers), surface.start(), steps, 0, 1);
  }

  /** On curvatures 1 and 9 the best rate tends to 2 / (1 + 9) = 0.2, from below as steps grow. */
  @Test
  void gradientDescentGetsTheBestRateOfAQuadratic() {
    TraceRequest request = request(Valleys.quadratic(1, 9), 50, "sgd");
    Tuning tuning = Tuning.of(request, 101, 1, TraceListener.NONE).getFirst();
    assertThat(tuning.rate()).isBetween(0.19, 0.2);
    assertThat(tuning.tuned()).isEqualTo("sgd(lr=%s)".formatted(tuning.rate()));
    assertThat(tuning.trials())
        .hasSize(101)
        .isSortedAccordingTo((a, b) -> Double.compare(a.rate(), b.rate()));
    assertThat(tuning.method())
        .isEqualTo(
            "the best of 101 for each optimizer: 76 from 1e-6 to 100, then 25 around the best of"
                + " these");
  }

  @Test
  void everyOptimizerGetsAsManyTrials() {
    TraceRequest request =
        request(Valleys.rosenbrock(), 20, "sgd", "adadelta", "clip_by_norm(1) | adam");
    AtomicLong updates = new AtomicLong();
    List<Tuning> tunings =
        Tuning.of(
            request,
            8,
            2,
            new TraceListener() {
              @Override
              public void advanced(String label, long more) {
                updates.addAndGet(more);
              }
            });
    assertThat(tunings).allSatisfy(tuning -> assertThat(tuning.trials()).hasSize(8));
    assertThat(updates).hasValue(3 * 8 * 20);
  }

  @Test
  void theTunedTraceWalksWithTheChosenRates() {
    TraceRequest request = request(Valleys.quadratic(1, 9), 50, "sgd", "sgd(lr=step(30, base=1))");
    List<Tuning> tunings = Tuning.of(request, 11, 1, TraceListener.NONE);
    Trace trace = Tuning.trace(request, tunings, 1, TraceListener.NONE);
    for (int i = 0; i < 2; i++) {
      Walk walk = trace.walks().get(i);
      assertThat(walk.canonical()).isEqualTo(tunings.get(i).tuned());
      Ending best =
          tunings.get(i).trials().stream()
              .map(Tuning.Trial::ending)
              .sorted()
              .findFirst()
              .orElseThrow();
      assertThat(Ending.of(walk, request.surface().box())).isEqualTo(best);
    }
    assertThat(trace.walks().get(1).lr()).hasSize(51);
  }

  /** The largest rates of saga live or die by the order in which terms are drawn. */
  @Test
  void aRateThatLeavesWithAnySeedIsNotChosen() {
    for (long seed = 1; seed <= 5; seed++) {
      Surface surface = Surfaces.parse("rosenbrock");
      TraceRequest request =
          new TraceRequest(surface, List.of("saga(terms=64)"), surface.start(), 200, 0, seed);
      List<Tuning> tunings = Tuning.of(request, 33, 1, TraceListener.NONE);
      Tuning tuning = tunings.getFirst();
      assertThat(tuning.rehearsals()).isEqualTo(3);
      assertThat(tuning.method()).endsWith("; each by 3 walks with other seeds, 99 in all");
      Walk walk = Tuning.trace(request, tunings, 1, TraceListener.NONE).walks().getFirst();
      assertThat(walk.stop()).as("seed %d", seed).isNull();
      double chosen = tuning.rate();
      assertThat(tuning.trials())
          .filteredOn(trial -> trial.rate() == chosen)
          .allSatisfy(trial -> assertThat(trial.ending().loss()).isFinite());
    }
  }

  @Test
  void trialsWhereChanceHasAPartAreThreeWalksEach() {
    Surface surface = Valleys.quadratic(1, 9);
    TraceRequest noisy =
        new TraceRequest(surface, List.of("sgd", "adam"), surface.start(), 9, 1, 1);
    AtomicLong updates = new AtomicLong();
    Tuning.of(
        noisy,
        8,
        1,
        new TraceListener() {
          @Override
          public void advanced(String label, long more) {
            updates.addAndGet(more);
          }
        });
    assertThat(updates).hasValue(2 * 8 * 3 * 9);
    assertThat(Tuning.walks(noisy, 8)).isEqualTo(2 * 8 * 3);
    assertThat(Tuning.walks(request(surface, 9, "sgd"), 8)).isEqualTo(8);
    assertThat(Tuning.of(noisy, 8, 2, TraceListener.NONE))
        .isEqualTo(Tuning.of(noisy, 8, 1, TraceListener.NONE));
  }

  @Test
  void oneRehearsalThatEndsEarlySpoilsARate() {
    Contender saga = Contender.of(List.of("saga(terms=64)"), 200).getFirst();
    Surface surface = Surfaces.parse("rosenbrock");
    TraceRequest request =
        new TraceRequest(surface, List.of("saga(terms=64)"), surface.start(), 200, 0, 1);
    RateSearch.Stage calm = RateSearch.Stage.of(request.withSeed(2), List.of(saga));
    RateSearch.Stage wild = RateSearch.Stage.of(request.withSeed(3), List.of(saga));
    double bold = new RateSearch(saga, List.of(calm), calm, TraceListener.NONE).tune(33).rate();
    assertThat(wild.walk(saga, bold, TraceListener.NONE).isEarly()).isTrue();
    double chosen =
        new RateSearch(saga, List.of(calm, calm, wild), calm, TraceListener.NONE).tune(33).rate();
    assertThat(wild.walk(saga, chosen, TraceListener.NONE).isEarly()).isFalse();
  }

  @Test
  void theNextBestTakesThePlaceOfARateThatLeavesWithTheOwnSeed() {
    Contender saga = Contender.of(List.of("saga(terms=64)"), 200).getFirst();
    Surface surface = Surfaces.parse("rosenbrock");
    TraceRequest request =
        new TraceRequest(surface, List.of("saga(terms=64)"), surface.start(), 200, 0, 1);
    RateSearch.Stage calm = RateSearch.Stage.of(request.withSeed(2), List.of(saga));
    RateSearch.Stage wild = RateSearch.Stage.of(request.withSeed(3), List.of(saga));
    Tuning tuning = new RateSearch(saga, List.of(calm, calm), wild, TraceListener.NONE).tune(33);
    assertThat(tuning.passed()).isNotEmpty().doesNotContain(tuning.rate());
    assertThat(tuning.note(3).orElseThrow())
        .isEqualTo(
            "%s did best with other seeds, but ends early with seed %d; %s is the next best that does not"
                .formatted(
                    NumberText.of(tuning.passed().getFirst()), 3, NumberText.of(tuning.rate())));
  }

  /** Descent on x²/2e8 comes nearer with every rate up to 1e8. */
  @Test
  void aBestRateAtTheEndOfThoseTriedIsSaid() throws Exception {
    Surface surface = Surfaces.parse("expression((x^2 + y^2)/2e8)");
    TraceRequest request = new TraceRequest(surface, List.of("sgd"), List.of(1.0, 1.0), 20, 0, 1);
    List<Tuning> tunings = Tuning.of(request, 33, 1, TraceListener.NONE);
    Tuning tuning = tunings.getFirst();
    assertThat(tuning.rate()).isGreaterThan(100).isEqualTo(tuning.trials().getLast().rate());
    assertThat(tuning.end()).hasValue(RangeEnd.HIGHEST);
    String said =
        "%s is the highest rate that was tried; a better one may lie above it, as --sweep lr="
            .formatted(NumberText.of(tuning.rate()));
    assertThat(tuning.note(1).orElseThrow()).startsWith(said).endsWith("000 can show");
    Trace trace = Tuning.trace(request, tunings, 1, TraceListener.NONE);
    assertThat(TraceText.of(trace)).contains("lr of sgd: " + said);
    assertThat(new JsonMapper().readTree(TraceJson.of(trace)).at("/tunings/0/at_end").asText())
        .isEqualTo("highest");
    Surface steep = Surfaces.parse("expression(1e8*(x^2 + y^2))");
    TraceRequest down = new TraceRequest(steep, List.of("sgd"), List.of(1.0, 1.0), 20, 0, 1);
    assertThat(Tuning.of(down, 33, 1, TraceListener.NONE).getFirst().note(1).orElseThrow())
        .contains("none of the 33 rates"); // all leave: nothing is the best
    Surface sharp = Surfaces.parse("expression(4e5*(x^2 + y^2))");
    TraceRequest slow = new TraceRequest(sharp, List.of("sgd"), List.of(1.0, 1.0), 20, 0, 1);
    Tuning lowest = Tuning.of(slow, 5, 1, TraceListener.NONE).getFirst();
    assertThat(lowest.end()).hasValue(RangeEnd.LOWEST);
    assertThat(lowest.note(1))
        .hasValueSatisfying(note ->
            assertThat(note)
                .isEqualTo(
                    "1e-6 is the lowest rate that was tried; a better one may lie below it, as"
                        + " --sweep lr=1e-9..1e-6 can show"));
  }

  @Test
  void aRateBetweenWorseOnesIsNoEnd() {
    TraceRequest request = request(Valleys.quadratic(1, 9), 50, "sgd");
    Tuning tuning = Tuning.of(request, 33, 1, TraceListener.NONE).getFirst();
    assertThat(tuning.end()).isEmpty();
    assertThat(tuning.note(1)).isEmpty();
  }

  /** On a plain no rate is better than another. */
  @Test
  void ratesThatAreAllAlikeHaveNoEnd() {
    Surface plain = Surfaces.parse("expression(3 + 0*x + 0*y)");
    TraceRequest request = new TraceRequest(plain, List.of("sgd"), List.of(1.0, 1.0), 9, 0, 1);
    assertThat(Tuning.of(request, 33, 1, TraceListener.NONE).getFirst().end()).isEmpty();
  }

  @Test
  void nothingButEarlyEndsIsSaid() {
    Surface surface = Surfaces.parse("expression(log(x))"); // down its slope to where it ends
    TraceRequest request = new TraceRequest(surface, List.of("sgd"), List.of(1e-4, 1.0), 50, 0, 1);
    Tuning tuning = Tuning.of(request, 5, 1, TraceListener.NONE).getFirst();
    assertThat(tuning.note(1)).hasValue("none of the 5 rates keeps it from ending early");
  }

  @Test
  void aBudgetMustLeaveRoomForNeighbours() {
    TraceRequest request = request(Valleys.quadratic(1, 9), 5, "sgd");
    assertThatThrownBy(() -> Tuning.of(request, 4, 1, TraceListener.NONE))
        .isInstanceOf(BadInput.class)
        .hasMessage("--budget must be from 5 to 1000, got 4");
  }

  @Test
  void anEndingInsideIsBetterThanALowerOneOutside() {
    Ending inside = new Ending(true, 5, 3);
    assertThat(inside).isLessThan(new Ending(false, 1, 3));
    assertThat(inside).isLessThan(new Ending(true, 6, 1));
    assertThat(inside).isLessThan(new Ending(true, 5, 4));
  }
}
