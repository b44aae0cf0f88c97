package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;
import thalweg.lab.surface.Surface;

class TracerTest {
  private static final Surface ROSENBROCK = Valleys.rosenbrock();

  private static TraceRequest over(Surface surface, int steps, double noise, String... optimizers) {
    return new TraceRequest(surface, List.of(optimizers), surface.start(), steps, noise, 7);
  }

  private static Walk walk(Surface surface, int steps, String optimizer) {
    return Tracer.trace(over(surface, steps, 0, optimizer), 1, TraceListener.NONE)
        .walks()
        .getFirst();
  }

  @Test
  void everyOptimizerOfTheCatalogueWalksFiftySteps() {
    List<String> all = Valleys.everyOptimizer(64);
    for (double noise : new double[] {0, 0.1}) {
      Trace trace =
          Tracer.trace(
              over(ROSENBROCK, 50, noise, all.toArray(String[]::new)), 2, TraceListener.NONE);
      assertThat(trace.walks())
          .hasSize(33)
          .allSatisfy(walk -> {
            if (walk.leftAt() == null) {
              assertThat(walk.steps()).isEqualTo(50);
              assertThat(walk.x()[50]).isNotEqualTo(walk.x()[0]);
            } else {
              assertThat(walk.steps()).isEqualTo(walk.leftAt() - 1);
            }
            for (int k = 0; k <= walk.steps(); k++) {
              assertThat(walk.loss()[k]).isFinite().isEqualTo(ROSENBROCK.value(walk.x()[k]));
            }
          });
    }
  }

  @Test
  void walksThatLeaveEndBeforeAndSayWhen() {
    Walk walk = walk(Valleys.quadratic(1, 10), 200, "sgd(lr=0.5)"); // |1 − 5|ᵏ > 4e6 at k = 11
    assertThat(Objects.requireNonNull(walk.leftAt())).isEqualTo(11);
    assertThat(Objects.requireNonNull(walk.stop()).words()).isEqualTo("left at step 11");
    assertThat(walk.steps()).isEqualTo(10);
    assertThat(walk.loss()).hasSize(11).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void theRateIsTheMoveOverTheGradient() {
    Walk walk = walk(Valleys.quadratic(1, 10), 5, "sgd(lr=0.13)");
    assertThat(walk.rate()[0]).isZero();
    for (int k = 1; k <= 5; k++) {
      assertThat(walk.rate()[k]).isCloseTo(0.13, within(1e-15));
    }
    assertThat(walk.lr()).isEmpty();
  }

  @Test
  void whatRanIsSaidWithItsRateAlsoWhereThatIsTheDefault() {
    assertThat(walk(ROSENBROCK, 1, "nag").canonical()).isEqualTo("nag(lr=1e-3)");
  }

  @Test
  void schedulesAreFollowedAndShown() {
    Walk walk = walk(Valleys.quadratic(1, 1), 3, "sgd(lr=step(step_size=2, gamma=0.5, base=0.4))");
    assertThat(walk.lr()).containsExactly(0.4, 0.4, 0.4, 0.2);
    assertThat(walk.x()[3][0]).isCloseTo(-0.6 * 0.6 * 0.8, within(1e-15));
  }

  @Test
  void resultsDoNotDependOnThreads() {
    TraceRequest request = over(ROSENBROCK, 30, 0.5, "sgd(lr=1e-3)", "adam", "svrg(inner=8)");
    String one = TraceJson.of(Tracer.trace(request, 1, TraceListener.NONE));
    assertThat(TraceJson.of(Tracer.trace(request, 3, TraceListener.NONE))).isEqualTo(one);
  }

  @Test
  void badRequestsAreSaidInOneLine() {
    assertBad(over(ROSENBROCK, 0, 0, "sgd"), "--steps must be at least 1, got 0");
    assertBad(over(ROSENBROCK, 9, -1, "sgd"), "--noise is a standard deviation, 0 or more");
    assertBad(over(ROSENBROCK, 9, 0), "no optimizer to trace");
    assertBad(over(ROSENBROCK, 3_000_000, 0, "sgd"), "at most 2285714 steps");
    assertBad(
        over(ROSENBROCK, 9, 0, "sag(terms=4)", "saga(terms=5)"),
        "'sag(terms=4)' is for 4 terms and 'saga(terms=5)' for 5");
    assertBad(over(ROSENBROCK, 9, 1, "sag(terms=1)"), "--noise needs several terms");
    assertBad(over(ROSENBROCK, 9, 0, "saga(terms=2147483647)"), "at most 142857 terms");
    assertBad(over(ROSENBROCK, 9, 0, "sgd(lr=step(2, base=0.1).per_epoch())"), "counts epochs");
    assertBad(
        new TraceRequest(ROSENBROCK, List.of("sgd"), List.of(1.0), 9, 0, 1),
        "start has 1 number, rosenbrock takes 2");
    assertBad(
        new TraceRequest(ROSENBROCK, List.of("sgd"), List.of(1.0, 3.0), 9, 0, 1),
        "is outside of rosenbrock");
  }

  private static void assertBad(TraceRequest request, String message) {
    assertThatThrownBy(() -> Tracer.trace(request, 1, TraceListener.NONE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }
}
