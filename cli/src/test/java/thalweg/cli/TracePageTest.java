package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.cli.browser.Chromium;
import thalweg.lab.page.Page;

/** The page of a trace in a real browser. */
class TracePageTest {
  /** The marks where the optimizers are. */
  static final String HEADS = "[...document.querySelectorAll('#map .head')]";

  /** How many colours an element's canvas has. */
  static final String COLOURS =
      """
      (() => {
        const from = document.querySelector('#%s canvas');
        const to = new OffscreenCanvas(200, 200).getContext('2d');
        to.drawImage(from, 0, 0, 200, 200);
        return new Set(new Uint32Array(to.getImageData(0, 0, 200, 200).data.buffer)).size;
      })()\
      """;

  @TempDir static Path folder;
  private static Path file;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    file = written(folder);
    browser = new Chromium();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  /** Four optimizers on one surface; the last one leaves. */
  static Path written(Path folder) {
    Path file = folder.resolve("trace.html");
    Ran.thalweg(
            "trace",
            "himmelblau",
            "--optimizers=sgd(lr=0.01);heavy_ball(lr=0.01);adam(lr=0.1);sgd(lr=0.2)",
            "--start=-0.5,-1.5",
            "--steps=100",
            "--quiet",
            "--out=" + file)
        .output();
    return file;
  }

  @BeforeEach
  void open() {
    browser.setViewport(1300, 900, false);
    browser.open(file);
  }

  @Test
  void itNeedsNothingButItself() {
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.text("#formula")).isEqualTo("f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2");
    assertThat(browser.text("#now")).isEqualTo("step 100 of 100");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('#map .minimum title')].map((t) => t.textContent)"))
        .hasSize(4)
        .contains("minimum 0 at 3, 2");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('.scene figure:not([hidden]) figcaption')].map((t)"
                    + " => t.textContent)"))
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

  @Test
  void aPlaceOfAPathSaysItsNumbers() {
    browser.key("Home");
    IntStream.range(0, 3).forEach(_ -> browser.key("ArrowRight"));
    browser.evaluate(
        "document.querySelectorAll('#legend button')[2].dispatchEvent(new MouseEvent('dblclick'))");
    JsonNode at =
        browser.evaluate(
            HEADS
                + "[0].getAttribute('transform').match(/[\\d.]+/g).map((v, i) => v /"
                + " [map.clientWidth, map.clientHeight][i])");
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
    assertThat(browser.text("#map .head[data-walk='sgd(lr=0.2)'] title"))
        .contains("left for good at step");
    browser.key("Home");
    browser.key("ArrowRight");
    assertThat(browser.text("#map .head[data-walk='sgd(lr=0.2)'] title"))
        .doesNotContain("left for good");
  }

  @Test
  void theFinalLossIsWrittenAsTheLossAtTheLastStep() {
    String cells =
        "[...document.querySelectorAll('[data-table] td[data-name=\"%s\"]')].map((c) =>"
            + " c.textContent)";
    List<String> ends = browser.texts(cells.formatted("final loss"));
    assertThat(ends).hasSize(4);
    assertThat(browser.texts(cells.formatted("loss now")).subList(0, 3))
        .isEqualTo(ends.subList(0, 3)); // the fourth has left
    for (double value : new double[] {0.0069974, -7.0004e-4, 1234567, 3e-9, 123456, 12, 0, 1e-3}) {
      assertThat(browser.evaluate("page.figure(%s)".formatted(value)).asText())
          .isEqualTo(Page.figure(value));
    }
  }

  @Test
  void columnsSortBothWays() {
    String order =
        "[...document.querySelector('[data-table] tbody').rows].map((row) => row.dataset.walk)";
    assertThat(browser.texts(order)).containsExactly("0", "1", "2", "3");
    browser.click("[data-table] thead th:nth-child(2) button"); // steps to 1e-2
    assertThat(browser.texts(order)).containsExactly("0", "2", "1", "3");
    browser.click("[data-table] thead th:nth-child(2) button");
    assertThat(browser.texts(order)).containsExactly("1", "2", "0", "3"); // never stays last
    browser.click("[data-table] thead th:first-child button");
    assertThat(browser.texts(order)).containsExactly("0", "1", "2", "3");
  }

  @Test
  void itFitsAPhoneAndDarkPaper() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      browser.setViewport(390, 800, dark);
      browser.waitFor(
          "map.querySelector('svg').viewBox.baseVal.width === map.clientWidth && innerWidth ==="
              + " 390");
      browser.waitUntilItFits(390);
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo(dark ? "rgb(20, 23, 26)" : "rgb(251, 251, 249)");
    }
    browser.print(folder.resolve("trace.pdf"));
    assertThat(Files.size(folder.resolve("trace.pdf"))).isGreaterThan(20_000);
    assertThat(browser.evaluate("'theme' in document.documentElement.dataset").asBoolean())
        .isFalse();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void withoutWebGlAllElseWorks() throws IOException {
    Path other = folder.resolve("plain.html");
    String none =
        "<head><script>const get = HTMLCanvasElement.prototype.getContext;"
            + " HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return"
            + " kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };</script>";
    Files.writeString(other, Files.readString(file).replaceFirst("<head>", none));
    browser.open(other);
    assertThat(browser.text("#solid")).contains("needs WebGL 2");
    browser.key("Home");
    assertThat(browser.texts(HEADS + ".map((h) => h.dataset.step)")).containsOnly("0");
    assertThat(browser.consoleErrors()).isEmpty();
  }
}
