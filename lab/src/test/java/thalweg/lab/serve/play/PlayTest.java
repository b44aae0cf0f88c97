package thalweg.lab.serve.play;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.lab.serve.Served.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.serve.Served;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Tracer;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/** The playground's answers and their bounds. */
class PlayTest {
  private static final String WALKS = "/api/play/walks";
  private static Served served;

  @BeforeAll
  static void start(@TempDir Path runs) {
    served = new Served(runs);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @Test
  void walksAreThoseOfTheLibrary() {
    List<String> specs = List.of("adam(lr=0.1)", "sgd(lr=1e-3, momentum=0.9)");
    Surface surface = Surfaces.parse("rosenbrock(dimension=3)");
    Trace trace =
        Tracer.trace(
            new TraceRequest(surface, specs, List.of(0.5, -1.0, 2.0), 60, 0.5, 9),
            1,
            TraceListener.NONE);
    List<JsonNode> lines =
        lines(
            query(
                WALKS,
                "surface",
                "rosenbrock(dimension=3)",
                "optimizer",
                specs.get(0),
                "optimizer",
                specs.get(1),
                "start",
                "0.5,-1,2",
                "steps",
                "60",
                "noise",
                "0.5",
                "seed",
                "9"));
    assertThat(lines.getFirst().path("looks")).hasSize(2);
    assertThat(lines.getLast().path("kind").asText()).isEqualTo("end");
    List<JsonNode> walks = walks(lines);
    assertThat(walks).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonNode walk = walks.get(i);
      double[][] x = trace.walks().get(i).x();
      assertThat(walk.path("x")).hasSize(61);
      assertThat(walk.path("last").asInt()).isEqualTo(60);
      for (int k = 0; k <= 60; k++) {
        assertThat((float) walk.path("x").get(k).get(0).asDouble()).isEqualTo((float) x[k][0]);
        assertThat((float) walk.path("x").get(k).get(1).asDouble()).isEqualTo((float) x[k][1]);
        assertThat((float) walk.path("loss").get(k).asDouble())
            .isEqualTo((float) trace.walks().get(i).loss()[k]);
      }
    }
  }

  @Test
  void ofALongWalkThereAreSomePlacesAndTheLast() {
    JsonNode walk = walks(lines(query(WALKS, "optimizer", "adam", "steps", "5001"))).getFirst();
    assertThat(walk.path("every").asInt()).isEqualTo(4);
    assertThat(walk.path("last").asInt()).isEqualTo(5001);
    assertThat(walk.path("x")).hasSize(1252); // 0, 4, ..., 5000 and 5001
    assertThat(walk.path("loss")).hasSize(1252);
  }

  @Test
  void aWalkThatLeavesEndsBefore() {
    JsonNode walk = walks(lines(query(WALKS, "optimizer", "sgd(lr=1)"))).getFirst();
    assertThat(walk.path("left_at").asInt()).isBetween(2, 10);
    assertThat(walk.path("x")).hasSize(walk.path("left_at").asInt());
  }

  @Test
  void whatTheUserWroteIsReadByTheSameParser() {
    JsonNode json = served.json(query("/api/play/surface", "surface", "expression(x^2 + 3*y^2)"));
    assertThat(json.path("formula").asText()).isEqualTo("x^2 + 3*y^2");
    assertThat(json.path("arguments")).isEmpty();
    assertThat(json.path("map").path("format").asText()).isEqualTo("map/1");
    JsonNode named = served.json(query("/api/play/surface", "surface", "quadratic(condition=50)"));
    assertThat(named.path("name").asText()).isEqualTo("quadratic");
    assertThat(named.path("arguments").get(0).path("parts").get(0).path("value").asText())
        .isEqualTo("50");
    JsonNode chain =
        served.json(
            query("/api/play/optimizers", "optimizer", "clip_by_global_norm(2) | adam(lr=0.3)"));
    assertThat(chain.path("optimizers").get(0).path("links")).hasSize(2);
  }

  @Test
  void everyOptimizerThatIsOfferedWalksOnEverySurfaceThatIsOffered() {
    JsonNode offer = served.json("/api/play");
    assertThat(offer.path("optimizers"))
        .hasSize(
            (int)
                Catalogue.entries().stream()
                    .filter(entry -> entry.kind() == CatalogueEntry.Kind.OPTIMIZER)
                    .count());
    for (JsonNode surface : offer.path("surfaces")) {
      String[] parts =
          IntStream.range(0, offer.path("optimizers").size())
              .boxed()
              .flatMap(i ->
                  List.of("optimizer", offer.path("optimizers").get(i).path("text").asText())
                      .stream())
              .toArray(String[]::new);
      String name = surface.path("name").asText();
      List<JsonNode> lines = lines(query(WALKS, parts) + "&steps=3&surface=" + name);
      assertThat(lines.getLast().path("kind").asText())
          .as(lines.getLast().toString())
          .isEqualTo("end");
      assertThat(walks(lines)).hasSize(parts.length / 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer=adam&steps=20001 | steps must be a whole number from 1 to 20000, got '20001'",
        "optimizer=adam&steps=0 | steps must be a whole number from 1",
        "optimizer=adam&steps=x | steps must be a whole number",
        "optimizer=adam&noise=-1 | noise must be a number from 0 to",
        "optimizer=adam&noise=NaN | noise must be a number from 0 to",
        "optimizer=adam&seed=-1 | seed must be a whole number from 0",
        "optimizer=adam&start=1 | rosenbrock takes 2",
        "optimizer=adam&start=1,x | start must be a number",
        "optimizer=adam&start=99,0 | is outside of rosenbrock",
        "optimizer=adam&surface=nowhere | no surface is called 'nowhere'",
        "optimizer=adam&surface=rosenbrock(dimension=21) | shows from 2 to 20",
        "optimizer=adam&surface=expression(x%2B) | character",
        "optimizer=adam&surface=expression(Runtime.exec) | character",
        "optimizer=nonsense | 'nonsense'",
        "optimizer=adam(lr=-1) | lr",
        "steps=5 | from 1 to 40 optimizers, got 0",
        "optimizer=adam&steps=5&steps=6 | 2 times",
        "optimizer=adam&x=1 | unknown 'x'",
      })
  void whatIsOutOfBoundsIsSaidInOneLine(String asked, String says) {
    assertThat(served.refusal(400, WALKS + "?" + asked.strip())).contains(says.strip());
  }

  @Test
  void requestsAreBoundedInEveryDirection() {
    assertThat(served.refusal(400, WALKS + "?" + "optimizer=adam&".repeat(41))).contains("got 41");
    assertThat(served.refusal(400, WALKS + "?" + "optimizer=adam&".repeat(40) + "steps=5001"))
        .contains("more than 200000 updates");
    assertThat(served.refusal(400, WALKS + "?optimizer=" + "a".repeat(301)))
        .contains("at most 300");
    assertThat(
            served.refusal(
                400, WALKS + "?optimizer=adam&surface=expression(x" + "%2Bx".repeat(400) + ")"))
        .contains("at most 600");
    assertThat(
            served.refusal(400, WALKS + "?optimizer=adam&surface=expression(sum(i,1,30000000,x))"))
        .contains("at most");
    assertThat(served.refusal(400, "/api/play/rates?optimizer=adam&steps=20000"))
        .contains("fewer steps");
  }

  @Test
  void aSurfaceThatIsTooSlowForAMapIsRefused() {
    String slow = "expression(sum(i, 1, 1200, sin(x)*exp(cos(y+i))*sin(x*i)))";
    assertThat(served.get(query("/api/play/surface", "surface", slow)).statusCode())
        .isIn(200, 400); // as fast as the machine is
    long begin = System.nanoTime();
    served.get(query("/api/play/surface", "surface", slow));
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20);
  }

  @Test
  void aPageThatAsksAgainGetsTheNewestAlone() {
    String slow =
        query(WALKS, "optimizer", "adam", "steps", "20000", "surface", "random(waves=100)");
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () -> served.get(slow, Computations.PAGE_HEADER, "page-1").body());
    String second = "";
    while (!first.isDone()) {
      second =
          served
              .get(
                  query(WALKS, "optimizer", "sgd", "steps", "1"),
                  Computations.PAGE_HEADER,
                  "page-1")
              .body();
    }
    assertThat(first.join()).contains("the page has asked for something else");
    assertThat(second).contains("\"kind\":\"end\"");
  }

  @Test
  void ratesAreTunedForTheSurface() {
    JsonNode json =
        served.json(
            query("/api/play/rates", "optimizer", "sgd", "surface", "quadratic(condition=1)"));
    assertThat(json.path("trials").asInt()).isEqualTo(17);
    assertThat(json.path("optimizers").get(0).asText()).startsWith("sgd(lr=");
  }

  private static List<JsonNode> lines(String path) {
    String body = served.get(path).body();
    return body.lines().map(Served::parsed).toList();
  }

  private static List<JsonNode> walks(List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.path("kind").asText().equals("walk"))
        .sorted(Comparator.comparingInt(line -> line.path("index").asInt()))
        .toList();
  }
}
