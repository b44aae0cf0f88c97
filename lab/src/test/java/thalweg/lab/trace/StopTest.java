package thalweg.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

class StopTest {
  private static Trace trace(String surface, double x, String optimizer) {
    Surface over = Surfaces.parse(surface);
    return Tracer.trace(
        new TraceRequest(over, List.of(optimizer), List.of(x, 1.0), 50, 0, 1),
        1,
        TraceListener.NONE);
  }

  /** One step from the start leads to where nothing is. */
  @ParameterizedTest
  @CsvSource({
    "expression(log(x) + x), 1, 0.6",
    "expression(sqrt(x)), 1, 3",
    "expression(x^x), 1, 1.5",
    "expression(1/x), -1, 1", // on the pole itself
  })
  void aWalkEndsWhereTheFunctionIsUndefined(String surface, double x, double lr) {
    Walk walk = trace(surface, x, "sgd(lr=%s)".formatted(lr)).walks().getFirst();
    assertThat(walk.stop()).isEqualTo(new Stop(1, Stop.Why.UNDEFINED));
    assertThat(walk.steps()).isZero();
  }

  /** The first look ahead of nag, by momentum alone, is to where the logarithm is not. */
  @ParameterizedTest
  @CsvSource({
    "expression(log(x) + y^2)",
    "expression(log(x)*y^2 + x^2)",
    "expression(sqrt(x) + y^2)"
  })
  void aWalkEndsWhereALookAheadFindsNothing(String surface) {
    Walk walk = trace(surface, 1, "nag(lr=0.3)").walks().getFirst();
    assertThat(walk.stop()).isNotNull().extracting(Stop::why).isEqualTo(Stop.Why.UNDEFINED);
    assertThat(walk.x()[walk.steps()][0]).isPositive();
  }

  @Test
  void whatIsInfiniteFarOutHasLeft() {
    assertThat(trace("expression(exp(x^2) + y^2)", 2, "sgd(lr=1)").walks().getFirst().stop())
        .isEqualTo(new Stop(1, Stop.Why.LEFT));
  }

  @Test
  void theTextSaysWhereFromAndTheJsonWhy() throws Exception {
    Trace trace = trace("expression(log(x) + x)", 1, "sgd(lr=0.4)"); // to 0.2, then to -2.2
    assertThat(TraceText.of(trace))
        .contains("f undefined at 2")
        .contains("sgd: ends where f is undefined, at step 2, from 0.2,1");
    JsonNode walk = new ObjectMapper().readTree(TraceJson.of(trace)).at("/walks/0");
    assertThat(walk.get("ended").asText()).isEqualTo("undefined");
    assertThat(walk.get("left_at").asInt()).isEqualTo(2);
    JsonNode whole = new ObjectMapper().readTree(TraceJson.of(trace("booth", 1, "sgd(lr=0.01)")));
    assertThat(whole.at("/walks/0/ended").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"expression(log(x)), 0", "expression(sqrt(x)), 0", "expression(1/x), 0"})
  void aStartWhereNothingIsIsRefused(String surface, double x) {
    assertThatThrownBy(() -> trace(surface, x, "sgd"))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "%s has no finite value and gradient at the start 0,1; start elsewhere", surface);
  }
}
