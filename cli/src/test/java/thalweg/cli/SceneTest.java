package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.cli.TracePageTest.COLOURS;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.cli.browser.Chromium;

/** What the map and the three-dimensional view of a page show, and how near. */
class SceneTest {
  /** Pixels of the canvas that are not empty in its outermost two rows and columns. */
  private static final String AT_THE_BORDER =
      """
      (() => {
        const from = document.querySelector('#solid canvas');
        const [w, h] = [from.width, from.height];
        const to = new OffscreenCanvas(w, h).getContext('2d');
        to.drawImage(from, 0, 0);
        const strips = [[0, 0, w, 2], [0, h - 2, w, 2], [0, 0, 2, h], [w - 2, 0, 2, h]];
        return strips.map((s) => to.getImageData(...s).data.filter((v, i) => i % 4 === 3 && v > 0).length);
      })()\
      """;

  /** Letters over the view that are not wholly in it. */
  private static final String LETTERS_OUTSIDE =
      """
      (() => {
        const view = document.getElementById('solid').getBoundingClientRect();
        return [...document.querySelectorAll('#solid svg text')].filter((text) => {
          const box = text.getBoundingClientRect();
          return box.left < view.left - 1 || box.right > view.right + 1 || box.top < view.top - 1 || box.bottom > view.bottom + 1;
        }).map((text) => text.textContent);
      })()\
      """;

  private static final String X_TICKS =
      "[...document.querySelectorAll('#map .axes"
          + " text[text-anchor=middle]:not([font-style])')].map((t) => t.textContent).join()";

  @TempDir static Path folder;
  private static Chromium browser;
  private static Path saddle;

  @BeforeAll
  static void start() {
    browser = new Chromium();
    saddle = written("saddle", "--optimizers=sgd(lr=0.02);adam(lr=0.01)");
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  private static Path written(String surface, String... more) {
    Path file = folder.resolve(Math.abs(surface.hashCode()) + ".html");
    String[] all = new String[more.length + 4];
    all[0] = "trace";
    all[1] = surface;
    System.arraycopy(more, 0, all, 2, more.length);
    all[more.length + 2] = "--quiet";
    all[more.length + 3] = "--out=" + file;
    Ran.thalweg(all).output();
    return file;
  }

  private static void open(Path file) {
    browser.open(file);
    browser.waitFor("(" + COLOURS.formatted("solid") + ") > 100");
  }

  private static List<Double> numbers(String expression) {
    return StreamSupport.stream(browser.evaluate(expression).spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  @Test
  void nothingOfTheSceneIsOutsideItsView() {
    for (int width : new int[] {1300, 390}) {
      browser.setViewport(width, 900, false);
      open(saddle);
      browser.waitFor("document.querySelectorAll('#solid .tick').length > 10");
      assertThat(numbers(AT_THE_BORDER)).as("%d wide", width).containsOnly(0.0);
      assertThat(browser.texts(LETTERS_OUTSIDE)).as("%d wide", width).isEmpty();
      browser.evaluate("document.querySelector('#solid canvas').focus({ preventScroll: true })");
      String ticks =
          "[...document.querySelectorAll('#solid .tick')].map((t) => t.outerHTML).join()";
      for (int turn = 0; turn < 6; turn++) {
        String before = browser.evaluate(ticks).asText();
        browser.key(turn < 4 ? "ArrowRight" : "ArrowUp");
        browser.waitFor("%s !== %s".formatted(ticks, quoted(before)));
        assertThat(numbers(AT_THE_BORDER)).as("turned %d times", turn).containsOnly(0.0);
        assertThat(browser.texts(LETTERS_OUTSIDE)).as("turned %d times", turn).isEmpty();
      }
    }
    browser.setViewport(1300, 900, false);
  }

  private static String quoted(String text) {
    return "`" + text + "`";
  }

  @Test
  void theSceneIsAsLargeAsItsViewAllows() {
    open(saddle);
    JsonNode shares =
        browser.evaluate(
            """
            (() => {
              const from = document.querySelector('#solid canvas');
              const to = new OffscreenCanvas(100, 100).getContext('2d');
              to.drawImage(from, 0, 0, 100, 100);
              const data = to.getImageData(0, 0, 100, 100).data;
              const drawn = Array.from({ length: 10000 }, (_, i) => i).filter((i) => data[4 * i + 3] > 0);
              const across = drawn.map((i) => i % 100);
              const down = drawn.map((i) => Math.floor(i / 100));
              return [Math.max(...across) - Math.min(...across), Math.max(...down) - Math.min(...down)];
            })()\
            """);
    assertThat(shares.get(0).asInt()).isGreaterThan(70);
    assertThat(shares.get(1).asInt()).isGreaterThan(55);
  }

  @Test
  void heightsStandOnTheVerticalAxis() {
    open(saddle);
    browser.waitFor("document.querySelectorAll('#solid .tick').length > 10");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('#solid text')].map((t) => t.textContent)"))
        .contains("−2.49", "−0.686", "1.45", "4", "f", "x", "y", "start");
  }

  @Test
  void whatAHillHidesIsFaint() {
    open(written("himmelblau", "--optimizers=adam(lr=0.1)", "--start=-0.5,-1.5"));
    browser.waitFor("document.querySelectorAll('#solid .minimum').length === 4");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('#solid .minimum, #solid .start')].map((m) =>"
                    + " m.getAttribute('opacity'))"))
        .contains("0.3", "1");
  }

  @Test
  void aWalkThatEndsAtUndefinedGroundHasASignOfItsOwn() {
    Path file =
        written(
            "expression(log(x)+y^2+x, box=[-2, 2, -2, 2])",
            "--start=1,1",
            "--optimizers=sgd(lr=0.3);sgd(lr=1e-3)");
    open(file);
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('#map .head title')].map((t) => t.textContent)"))
        .anyMatch(text -> text.contains("ends where f is undefined at step"))
        .noneMatch(text -> text.contains("left for good"));
    assertThat(browser.text("#signs"))
        .contains("start")
        .contains("ends where f is undefined")
        .doesNotContain("left for good");
    // no part of a path rises from where there is no surface: the mark stands below the start
    String y = "document.querySelectorAll('#solid %s')[0].getBoundingClientRect().top";
    browser.waitFor("document.querySelectorAll('#solid .head').length === 2");
    assertThat(browser.evaluate(y.formatted(".head [data-walk=\"sgd(lr=0.3)\"]")).asDouble())
        .isGreaterThan(browser.evaluate(y.formatted(".start circle")).asDouble());
  }

  @Test
  void theMapComesNearerByButtonsKeysAndWheel() {
    open(saddle);
    String whole = browser.evaluate(X_TICKS).asText();
    assertThat(whole).isEqualTo("−2,−1,0,1,2");
    browser.click("#map .zoom button");
    browser.click("#map .zoom button");
    assertThat(browser.evaluate(X_TICKS).asText()).isEqualTo("−0.5,0,0.5");
    browser.evaluate("document.querySelector('#map svg').focus({ preventScroll: true })");
    browser.key("ArrowLeft");
    browser.key("ArrowLeft");
    assertThat(browser.evaluate(X_TICKS).asText()).isEqualTo("−1,−0.5,0");
    assertThat(browser.text("#now")).isEqualTo("step 200 of 200"); // the player does not hear it
    browser.key("0");
    assertThat(browser.evaluate(X_TICKS).asText()).isEqualTo(whole);
    browser.key("+");
    assertThat(browser.evaluate(X_TICKS).asText()).isNotEqualTo(whole);
    browser.key("-");
    assertThat(browser.evaluate(X_TICKS).asText()).isEqualTo(whole);
    browser.evaluate(
        "document.querySelector('#map svg').dispatchEvent(new WheelEvent('wheel', { ctrlKey: true,"
            + " deltaY: -300, clientX: 0, clientY: 0, bubbles: true, cancelable: true }))");
    assertThat(browser.evaluate(X_TICKS).asText()).isNotEqualTo(whole);
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void onlyWhatLiesInThePartOfTheMapIsMarked() {
    open(saddle);
    assertThat(browser.evaluate("document.querySelectorAll('#map .start').length").asInt())
        .isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      browser.click("#map .zoom button");
    }
    assertThat(browser.evaluate("document.querySelectorAll('#map .start').length").asInt())
        .isZero();
    browser.click("#map .zoom button:last-child");
    assertThat(browser.evaluate("document.querySelectorAll('#map .start').length").asInt())
        .isEqualTo(1);
  }

  @Test
  void turningHidesTheNumbersOfAPlace() {
    open(saddle);
    String tip = "document.querySelector('#solid .tip').hidden";
    for (int row = 20; row < 80 && browser.evaluate(tip).asBoolean(); row += 3) {
      for (int column = 20; column < 80 && browser.evaluate(tip).asBoolean(); column += 3) {
        browser.hover("#solid canvas", column / 100.0, row / 100.0);
      }
    }
    assertThat(browser.evaluate(tip).asBoolean()).isFalse();
    browser.drag("#solid canvas", 0.4, 0.9, 0.5, 0.9);
    assertThat(browser.evaluate(tip).asBoolean()).isTrue();
  }
}
