package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.cli.browser.Chromium;

/** The page of a trace in a real browser. */
class TracePageTest {
  private static final String HEADS = "[...document.querySelectorAll('#map .head')]";

  @TempDir static Path folder;
  private static Path file;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    file = folder.resolve("trace.html");
    Ran.thalweg(
            "trace",
            "himmelblau",
            "--optimizers=sgd(lr=0.01);heavy_ball(lr=0.01);adam(lr=0.1);sgd(lr=0.2)",
            "--start=-0.5,-1.5",
            "--steps=100",
            "--quiet",
            "--out=" + file)
        .output();
    browser = new Chromium();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  @BeforeEach
  void open() {
    browser.setViewport(1300, 900, false);
    browser.open(file);
  }

  private static List<String> texts(String expression) {
    return StreamSupport.stream(browser.evaluate(expression).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static int number(String expression) {
    return browser.evaluate(expression).asInt();
  }

  @Test
  void itNeedsNothingButItself() {
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.text("#formula")).isEqualTo("f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2");
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
    assertThat(texts("[...document.querySelectorAll('#map .minimum title')].map((t) => t.textContent)"))
        .hasSize(4)
        .contains("minimum 0 at 3, 2");
    assertThat(texts("[...document.querySelectorAll('.scene figure:not([hidden]) figcaption')].map((t) => t.textContent)"))
        .containsExactly(
            "From above",
            "In three dimensions",
            "Loss above the minimum",
            "Distance to the nearest minimum",
            "Gradient norm",
            "Effective rate: length of the move / gradient norm");
  }

  @Test
  void bothViewsAreDrawn() {
    for (String view : List.of("map", "solid")) {
      browser.waitFor("(" + COLOURS.formatted(view) + ") > 100");
    }
  }

  private static final String COLOURS =
      """
      (() => {
        const from = document.querySelector('#%s canvas');
        const to = new OffscreenCanvas(200, 200).getContext('2d');
        to.drawImage(from, 0, 0, 200, 200);
        return new Set(new Uint32Array(to.getImageData(0, 0, 200, 200).data.buffer)).size;
      })()""";

  @Test
  void playMovesTheMarkersToTheEnd() {
    browser.click("#speed");
    browser.evaluate("speed.value = '4'");
    String end = browser.evaluate(HEADS + "[0].getAttribute('transform')").asText();
    browser.click("#play");
    browser.waitFor("Number(scrub.value) < 60 && play.textContent === 'Pause'");
    String before = browser.evaluate(HEADS + "[2].getAttribute('transform')").asText();
    int step = number("Number(scrub.value)");
    browser.waitFor("Number(scrub.value) > %d".formatted(step));
    assertThat(browser.evaluate(HEADS + "[2].getAttribute('transform')").asText())
        .isNotEqualTo(before);
    browser.waitFor("play.textContent === 'Play'");
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
    assertThat(browser.evaluate(HEADS + "[0].getAttribute('transform')").asText()).isEqualTo(end);
  }

  @Test
  void playPausesAndGoesOn() {
    browser.key(" ");
    browser.waitFor("Number(scrub.value) > 2 && Number(scrub.value) < 100");
    browser.key(" ");
    assertThat(browser.text("#play")).isEqualTo("Play");
    int step = number("Number(scrub.value)");
    assertThat(step).isBetween(3, 99);
    browser.key(" ");
    browser.waitFor("Number(scrub.value) > %d".formatted(step));
    browser.key("ArrowLeft"); // a step by hand ends the play
    assertThat(browser.text("#play")).isEqualTo("Play");
  }

  @Test
  void whoWantsLittleMotionGetsJumps() {
    browser.setReducedMotion(true);
    browser.click("#play");
    browser.waitFor("Number(scrub.value) > 0");
    assertThat(number("Number(scrub.value)")).isEqualTo(5);
  }

  @Test
  void keysAndTheSliderGoToAStep() {
    browser.key("Home");
    assertThat(browser.text("#now")).isEqualTo("step 0 of 100");
    browser.key("ArrowRight");
    browser.key("ArrowRight");
    assertThat(browser.text("#now")).isEqualTo("step 2 of 100");
    assertThat(texts(HEADS + ".map((h) => h.dataset.step)")).containsExactly("2", "2", "2", "2");
    assertThat(browser.text("[data-table] tr[data-walk='2'] [data-now='loss']")).isNotEqualTo("–");
    browser.key("End");
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
    browser.click("#scrub", 0.5, 0.5);
    assertThat(browser.text("#now")).isEqualTo("step 50 of 100");
    browser.key("ArrowLeft");
    assertThat(browser.text("#now")).isEqualTo("step 49 of 100");
    assertThat(browser.evaluate("!document.querySelector('[data-of=loss] .cursor').hidden").asBoolean())
        .isTrue();
  }

  @Test
  void aSwitchedOffOptimizerIsNowhere() {
    String lines =
        "[...document.querySelectorAll('.scene .chart')].map((node) => echarts.getInstanceByDom(node).getOption().series.filter((s) => s.name === 'adam').length)";
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
    String solid = browser.evaluate("document.querySelector('#solid canvas').toDataURL()").asText();
    assertThat(texts(lines)).containsExactly("1", "1", "1", "1");
    browser.click("#legend button:nth-child(3)");
    assertThat(browser.evaluate("document.querySelector('#legend button:nth-child(3)').getAttribute('aria-pressed')").asText())
        .isEqualTo("false");
    assertThat(texts(HEADS + ".map((h) => h.dataset.walk)"))
        .containsExactly("sgd(lr=0.01)", "heavy_ball", "sgd(lr=0.2)");
    assertThat(texts(lines)).containsExactly("0", "0", "0", "0");
    assertThat(texts("[...document.querySelectorAll('tr.away')].map((row) => row.dataset.walk)"))
        .containsExactly("2");
    browser.waitFor("document.querySelector('#solid canvas').toDataURL().length !== " + solid.length());
    browser.click("#all");
    assertThat(texts(lines)).containsExactly("1", "1", "1", "1");
    assertThat(number(HEADS + ".length")).isEqualTo(4);
  }

  @Test
  void aPlaceOfAPathSaysItsNumbers() {
    browser.key("Home");
    IntStream.range(0, 3).forEach(_ -> browser.key("ArrowRight"));
    browser.evaluate("document.querySelectorAll('#legend button')[2].dispatchEvent(new MouseEvent('dblclick'))");
    JsonNode at =
        browser.evaluate(
            HEADS + "[0].getAttribute('transform').match(/[\\d.]+/g).map((v) => v / map.clientWidth)");
    browser.hover("#map svg", at.get(0).asDouble(), at.get(1).asDouble());
    assertThat(browser.text("#map .tip"))
        .startsWith("adam")
        .containsSubsequence("step", "3", "at", "loss", "gradient norm", "effective rate");
    browser.hover("#map svg", 0.9, 0.1);
    assertThat(browser.text("#map .tip")).startsWith("at").contains("height").contains("about");
    browser.hover("h1", 0.5, 0.5);
    assertThat(browser.evaluate("document.querySelector('#map .tip').hidden").asBoolean()).isTrue();
  }

  @Test
  void aPathThatLeavesIsMarkedAtTheBorder() {
    assertThat(browser.text("tr[data-walk='3'] th")).contains("left at step");
    assertThat(browser.text("#map .head[data-walk='sgd(lr=0.2)'] title")).contains("left for good at step");
    browser.key("Home");
    browser.key("ArrowRight");
    assertThat(browser.text("#map .head[data-walk='sgd(lr=0.2)'] title"))
        .doesNotContain("left for good");
  }

  @Test
  void columnsSortBothWays() {
    String order = "[...document.querySelector('[data-table] tbody').rows].map((row) => row.dataset.walk)";
    assertThat(texts(order)).containsExactly("0", "1", "2", "3");
    browser.click("[data-table] thead th:nth-child(2) button"); // steps to 1e-2
    assertThat(texts(order)).containsExactly("0", "2", "1", "3");
    browser.click("[data-table] thead th:nth-child(2) button");
    assertThat(texts(order)).containsExactly("1", "2", "0", "3"); // never stays last
    browser.click("[data-table] thead th:first-child button");
    assertThat(texts(order)).containsExactly("0", "1", "2", "3");
  }

  @Test
  void theSurfaceTurnsByMouseAndKeys() {
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
    String ticks = "[...document.querySelectorAll('#solid .tick')].map((t) => t.style.left).join()";
    String before = browser.evaluate(ticks).asText();
    browser.drag("#solid canvas", 0.4, 0.5, 0.7, 0.5);
    browser.waitFor("%s !== '%s'".formatted(ticks, before));
    String dragged = browser.evaluate(ticks).asText();
    browser.key("ArrowLeft");
    browser.waitFor("%s !== '%s'".formatted(ticks, dragged));
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
  }

  @Test
  void itFitsAPhoneAndDarkPaper() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      browser.setViewport(390, 800, dark);
      browser.waitFor("map.querySelector('svg').viewBox.baseVal.width === map.clientWidth && innerWidth === 390");
      assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo(dark ? "rgb(20, 23, 26)" : "rgb(251, 251, 249)");
    }
    browser.print(folder.resolve("trace.pdf"));
    assertThat(Files.size(folder.resolve("trace.pdf"))).isGreaterThan(20_000);
    assertThat(browser.evaluate("'theme' in document.documentElement.dataset").asBoolean()).isFalse();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void withoutWebGlAllElseWorks() throws IOException {
    Path other = folder.resolve("plain.html");
    String none =
        "<head><script>const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };</script>";
    Files.writeString(other, Files.readString(file).replaceFirst("<head>", none));
    browser.open(other);
    assertThat(browser.text("#solid")).contains("needs WebGL 2");
    browser.key("Home");
    assertThat(texts(HEADS + ".map((h) => h.dataset.step)")).containsOnly("0");
    assertThat(browser.consoleErrors()).isEmpty();
  }
}
