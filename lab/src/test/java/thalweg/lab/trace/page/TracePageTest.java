package thalweg.lab.trace.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceJson;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Tracer;
import thalweg.lab.trace.Walk;

class TracePageTest {
  private static final TracePage PAGE = new TracePage("1.2.3", "./thalweg trace <here> & now");

  private static Trace trace(String surface, int optimizers, int steps) {
    Surface over = Surfaces.parse(surface);
    List<String> specs = Collections.nCopies(optimizers, "adam(lr=0.05)");
    return Tracer.trace(
        new TraceRequest(over, specs, over.start(), steps, 0, 1), 2, TraceListener.NONE);
  }

  private static JsonNode read(String page, String id) throws Exception {
    Matcher matcher =
        Pattern.compile("id=\"%s\"[^>]*>([^<]*)</script>".formatted(id)).matcher(page);
    assertThat(matcher.find()).isTrue();
    return new JsonMapper().readTree(matcher.group(1));
  }

  @Test
  void twentyPathsOfTwoHundredStepsAreLessThanThreeMegabytes() {
    for (String surface : List.of("rosenbrock", "rastrigin")) {
      String page = PAGE.html(trace(surface, 20, 200));
      assertThat(page.getBytes(StandardCharsets.UTF_8).length).as(surface).isLessThan(3_000_000);
    }
  }

  @Test
  void itHoldsTheWholeTraceWhereThatCanBeDrawn() throws Exception {
    Trace trace = trace("beale", 2, 200);
    String page = PAGE.html(trace);
    assertThat(read(page, "data-json")).isEqualTo(new JsonMapper().readTree(TraceJson.of(trace)));
    assertThat(page).contains("./thalweg trace &lt;here&gt; &amp; now").contains("Every step is");
    assertThat(page).contains("data-whole=\"true\"");
  }

  @Test
  void aLongTraceIsThinnedAndSaysSo() throws Exception {
    Trace trace = trace("rosenbrock", 2, 7_001);
    String page = PAGE.html(trace);
    assertThat(page).contains("One step of 4 is in this file").contains("data-whole=\"false\"");
    JsonNode walk = read(page, "data-json").at("/walks/1");
    Walk all = trace.walks().get(1);
    assertThat(walk.get("every").asInt()).isEqualTo(4);
    assertThat(walk.get("last").asInt()).isEqualTo(7_001);
    assertThat(walk.get("loss")).hasSize(1_752);
    assertThat(walk.at("/loss/7").asDouble()).isEqualTo(all.loss()[28]);
    assertThat(walk.at("/x/1751/0").asDouble()).isEqualTo(all.x()[7_001][0]);
    int within = Targets.of(trace.request().surface(), all).steps().getFirst().orElseThrow();
    assertThat(within % 4).isNotZero();
    assertThat(walk.at("/steps_within/0").asInt()).isEqualTo(within);
  }

  @Test
  void aSurfaceOfManyNumbersIsShownInTwo() throws Exception {
    JsonNode map = read(PAGE.html(trace("rosenbrock(dimension=5)", 1, 5)), "maps-json").get(0);
    assertThat(map.get("low")).hasSize(2);
    assertThat(map.get("at")).hasSize(5);
    assertThat(map.get("names").toString()).isEqualTo("[\"x1\",\"x2\"]");
  }
}
