package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.cli.TracePageTest.COLOURS;
import static thalweg.cli.TracePageTest.HEADS;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.cli.browser.Chromium;

/** The page of a trace, moved by mouse and keys. */
class TracePageInMotionTest {
  @TempDir static Path folder;
  private static Path file;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    file = TracePageTest.written(folder);
    browser = new Chromium();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  @BeforeEach
  void open() {
    browser.setReducedMotion(false);
    browser.open(file);
  }

  @Test
  void playMovesTheMarkersToTheEnd() {
    browser.click("#speed");
    browser.evaluate("speed.value = '4'");
    String end = browser.evaluate(HEADS + "[0].getAttribute('transform')").asText();
    browser.click("#play");
    browser.waitFor("Number(scrub.value) < 60 && play.textContent === 'Pause'");
    String before = browser.evaluate(HEADS + "[2].getAttribute('transform')").asText();
    int step = browser.evaluate("Number(scrub.value)").asInt();
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
    int step = browser.evaluate("Number(scrub.value)").asInt();
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
    assertThat(browser.evaluate("Number(scrub.value)").asInt()).isEqualTo(5);
  }

  @Test
  void keysAndTheSliderGoToAStep() {
    browser.key("Home");
    assertThat(browser.text("#now")).isEqualTo("step 0 of 100");
    browser.key("ArrowRight");
    browser.key("ArrowRight");
    assertThat(browser.text("#now")).isEqualTo("step 2 of 100");
    assertThat(browser.texts(HEADS + ".map((h) => h.dataset.step)"))
        .containsExactly("2", "2", "2", "2");
    assertThat(browser.text("[data-table] tr[data-walk='2'] [data-now='loss']")).isNotEqualTo("–");
    browser.key("End");
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
    browser.click("#scrub", 0.5, 0.5);
    assertThat(browser.text("#now")).isEqualTo("step 50 of 100");
    browser.key("ArrowLeft");
    assertThat(browser.text("#now")).isEqualTo("step 49 of 100");
    assertThat(
            browser
                .evaluate("!document.querySelector('[data-of=loss] .cursor').hidden")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aSwitchedOffOptimizerIsNowhere() {
    String lines =
        "[...document.querySelectorAll('.scene .chart')].map((node) =>"
            + " echarts.getInstanceByDom(node).getOption().series.filter((s) => s.name ==="
            + " 'adam').length)";
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
    String solid = browser.evaluate("document.querySelector('#solid canvas').toDataURL()").asText();
    assertThat(browser.texts(lines)).containsExactly("1", "1", "1", "1");
    browser.click("#legend button:nth-child(3)");
    assertThat(
            browser
                .evaluate(
                    "document.querySelector('#legend"
                        + " button:nth-child(3)').getAttribute('aria-pressed')")
                .asText())
        .isEqualTo("false");
    assertThat(browser.texts(HEADS + ".map((h) => h.dataset.walk)"))
        .containsExactly("heavy_ball", "sgd(lr=0.2)", "sgd(lr=0.01)"); // the longest below
    assertThat(browser.texts(lines)).containsExactly("0", "0", "0", "0");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('tr.away')].map((row) => row.dataset.walk)"))
        .containsExactly("2");
    browser.waitFor(
        "document.querySelector('#solid canvas').toDataURL().length !== " + solid.length());
    browser.click("#all");
    assertThat(browser.texts(lines)).containsExactly("1", "1", "1", "1");
    assertThat(browser.evaluate(HEADS + ".length").asInt()).isEqualTo(4);
  }

  @Test
  void theSurfaceTurnsByMouseAndKeys() {
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
    String ticks =
        "[...document.querySelectorAll('#solid .tick')].map((t) => t.getAttribute('x')).join()";
    String before = browser.evaluate(ticks).asText();
    browser.drag("#solid canvas", 0.4, 0.5, 0.7, 0.5);
    browser.waitFor("%s !== '%s'".formatted(ticks, before));
    String dragged = browser.evaluate(ticks).asText();
    browser.key("ArrowLeft");
    browser.waitFor("%s !== '%s'".formatted(ticks, dragged));
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
  }

  @Test
  void aPlaceOfAPathOnTheSurfaceSaysItsNumbers() {
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
    String tip = "document.querySelector('#solid .tip').hidden";
    for (int row = 30; row < 70 && browser.evaluate(tip).asBoolean(); row += 4) {
      for (int column = 20; column < 80 && browser.evaluate(tip).asBoolean(); column += 4) {
        browser.hover("#solid canvas", column / 100.0, row / 100.0);
      }
    }
    assertThat(browser.text("#solid .tip"))
        .containsSubsequence("step", "at", "loss", "gradient norm");
  }
}
