package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;
import thalweg.lab.surface.Surface;

class SweepTest {
  private static TraceRequest request(String... optimizers) {
    Surface surface = Valleys.quadratic(1, 9);
    return new TraceRequest(surface, List.of(optimizers), surface.start(), 50, 0, 1);
  }

  private static Sweep sweep(String range, String... optimizers) {
    return Sweep.of(request(optimizers), SweepRange.parse(range), 2, TraceListener.NONE);
  }

  @Test
  void rangesAreSpreadEvenlyByRatios() {
    assertThat(SweepRange.parse("lr=1e-4..10:6").values())
        .containsExactly(1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0);
    assertThat(SweepRange.parse(" beta1 = .5 .. 0.9 ").values())
        .hasSize(41)
        .startsWith(0.5)
        .endsWith(0.9);
  }

  @Test
  void rangesEndWhereTheyWereSaidTo() {
    assertThat(SweepRange.parse("beta2=0.9..0.9999:5").values())
        .hasSize(5)
        .startsWith(0.9)
        .endsWith(0.9999);
    assertThat(SweepRange.parse("lr=1.2345..10:3").values()).containsExactly(1.2345, 3.51, 10.0);
    assertThat(SweepRange.parse("lr=1..1.001:3").values()).containsExactly(1.0, 1.0005, 1.001);
    assertThat(SweepRange.parse("lr=1e-3..1:500").values()).hasSize(500).isSorted();
  }

  /** Gradient descent on curvatures 1 and 9 diverges above 2/9 and is best at 0.2. */
  @Test
  void tooSmallRightAndTooLargeAreFound() {
    Swept swept = sweep("lr=1e-3..10:9", "sgd").optimizers().getFirst(); // half decades
    assertThat(SweepRange.parse("lr=1e-3..10:9").values().get(4)).isEqualTo(0.1);
    assertThat(Objects.requireNonNull(swept.small()).index()).isEqualTo(2);
    assertThat(Objects.requireNonNull(swept.right()).index()).isEqualTo(4);
    assertThat(Objects.requireNonNull(swept.large()).index()).isEqualTo(5);
    assertThat(swept.stops().subList(0, 5)).containsOnlyNulls();
    assertThat(swept.stops().subList(6, 9)).doesNotContainNull();
    assertThat(swept.walks())
        .extracting(Walk::canonical)
        .containsExactly("sgd(lr=0.01)", "sgd(lr=0.1)", "sgd(lr=0.316)");
  }

  @Test
  void whatNobodyTriedIsNotShown() {
    Swept narrow = sweep("lr=0.14..0.15:5", "sgd").optimizers().getFirst();
    assertThat(narrow.small()).isNull();
    assertThat(narrow.large()).isNull();
    assertThat(narrow.walks()).hasSize(1);
    assertThat(TraceText.of(sweep("lr=0.14..0.15:5", "sgd")))
        .containsPattern("(?m)^sgd +none tried +0\\.15 +\\S+ +none tried$")
        .endsWith("sgd: 0.15 is the highest value that was tried; a better one may lie above it\n");
  }

  /** Where the range reaches neither a tenth of the right one nor what diverges. */
  @Test
  void theEndsOfARangeAreTooSmallAndTooLargeWhereTheirWalksEndHigher() {
    Swept swept = sweep("lr=0.05..0.22:5", "sgd").optimizers().getFirst();
    assertThat(Objects.requireNonNull(swept.right()).index()).isEqualTo(3);
    assertThat(Objects.requireNonNull(swept.small()).index()).isZero();
    assertThat(Objects.requireNonNull(swept.large()).index()).isEqualTo(4);
  }

  /** A tenth of the right rate ends as low, for a walk that has the time. */
  @Test
  void whatEndsAsLowIsNotTooSmall() {
    Surface surface = Valleys.quadratic(1, 9);
    TraceRequest request = new TraceRequest(surface, List.of("sgd"), surface.start(), 2000, 0, 1);
    Swept swept =
        Sweep.of(request, SweepRange.parse("lr=1e-5..0.1:5"), 1, TraceListener.NONE)
            .optimizers()
            .getFirst();
    assertThat(Objects.requireNonNull(swept.right()).index()).isEqualTo(4);
    assertThat(Objects.requireNonNull(swept.small()).index()).isEqualTo(2); // 1e-3, not 0.01
  }

  @Test
  void noRateIsRightWhereNoWalkEndsLowerThanItBegan() throws Exception {
    Sweep sweep = sweep("lr=1..10:3", "sgd");
    Swept swept = sweep.optimizers().getFirst();
    assertThat(swept.right()).isNull();
    assertThat(Objects.requireNonNull(swept.large()).index()).as("the smallest").isZero();
    assertThat(swept.walks()).hasSize(1);
    assertThat(TraceText.of(sweep)).contains("none ends below the start");
    JsonNode json = new ObjectMapper().readTree(SweepJson.of(sweep));
    assertThat(json.get("start_loss").asDouble()).isEqualTo(5);
    JsonNode one = json.at("/optimizers/0");
    for (String name : List.of("small", "right")) {
      assertThat(one.get(name).isNull()).as(name).isTrue();
    }
    assertThat(one.get("large").asInt()).isZero();
    assertThat(one.at("/walks/0").isNull()).isTrue();
    assertThat(one.at("/walks/2").isObject()).isTrue();
    assertThat(one.get("ended").toString()).isEqualTo("[\"left\",\"left\",\"left\"]");
  }

  @Test
  void anyNumericHyperparameterIsSwept() {
    Sweep sweep = sweep("beta1=0.5..0.8:3", "adam(lr=0.1)", "clip_by_norm(2) | adamw(lr=0.1)");
    assertThat(sweep.optimizers().get(1).walks())
        .extracting(Walk::canonical)
        .allSatisfy(text -> assertThat(text).startsWith("clip_by_norm(2) | adamw(lr=0.1, betas=["));
    assertThat(sweep("k=2..8:3", "sgd(lr=0.1) | lookahead").optimizers().getFirst().endings())
        .hasSize(3);
  }

  @Test
  void theJsonHasEveryEndingAndThreeWalksInFull() throws Exception {
    JsonNode json = new ObjectMapper().readTree(SweepJson.of(sweep("lr=0.01..1:5", "sgd", "adam")));
    assertThat(json.get("format").asText()).isEqualTo("sweep/1");
    assertThat(json.get("values")).hasSize(5);
    for (JsonNode optimizer : json.get("optimizers")) {
      assertThat(optimizer.get("loss")).hasSize(5);
      assertThat(optimizer.get("left_at")).hasSize(5);
      assertThat(optimizer.get("walks")).hasSize(3);
      assertThat(optimizer.get("walks").get(1).get("x")).hasSize(51);
    }
    assertThat(json.get("optimizers").get(0).get("loss").get(4).isNull()).isTrue(); // it left
  }

  @Test
  void badRangesAreSaidInOneLine() {
    assertBad("lr", "--sweep is a hyperparameter and its range, as lr=1e-4..10");
    assertBad("lr=0..1", "steps by ratios begin above 0, got 0");
    assertBad("lr=2..1", "nothing lies between 2 and 1");
    assertBad("lr=1..1", "nothing lies between 1 and 1");
    assertBad("lr=a..1", "'a' is no finite number");
    assertBad("lr=1..inf", "'inf' is no finite number");
    assertBad("lr=1..2:1", "from 2 to 500 values, got 1");
    assertBad("lrr=1..2", "unknown hyperparameter 'lrr': did you mean 'lr'?");
    assertBad("momentum=0.1..2", "adam has no hyperparameter 'momentum'");
    assertBad("beta2=0.1..2", "sgd has no hyperparameter 'beta2'");
  }

  @Test
  void valuesOutOfRangeAreRefusedBeforeAnyWalk() {
    assertThatThrownBy(() -> sweep("beta1=0.5..2:3", "adam"))
        .isInstanceOf(BadInput.class)
        .hasMessage("--sweep beta1=0.5..2: Adam.beta1 must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> sweep("terms=2..8:3", "sag(terms=4)"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("all walk over one sum");
  }

  private static void assertBad(String range, String message) {
    assertThatThrownBy(() -> sweep(range, "sgd", "adam"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }
}
