package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

/** The playground in a real browser, as a person uses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundTest {
  private static final String ADAM = "#cards li:last-child ";
  private LiveServer server;
  private Chromium browser;

  @BeforeAll
  void start(@TempDir Path runs) {
    server =
        LiveServer.start(
            new ServeSettings(
                "127.0.0.1", 0, false, runs, 2, "test", (_, _) -> List.of("false"), Limits.USUAL));
    browser = new Chromium();
  }

  @AfterAll
  void end() {
    browser.close();
    server.close();
  }

  @BeforeEach
  void light() {
    browser.setViewport(1300, 900, false);
  }

  private void open(String address) {
    browser.open(server.url() + address);
    browser.waitFor("document.body.dataset.ready && document.body.dataset.answered");
  }

  /** Does something and waits until its answer is on the screen. */
  private void answered(Runnable action) {
    browser.evaluate("delete document.body.dataset.answered");
    action.run();
    browser.waitFor("document.body.dataset.answered");
  }

  private String query() {
    return URLDecoder.decode(browser.evaluate("location.search").asText(), StandardCharsets.UTF_8);
  }

  /** Where the marker of an optimizer is on the map. */
  private String head(String label) {
    return browser
        .evaluate(
            "document.querySelector('#map .head[data-walk=\"%s\"]')?.getAttribute('transform') ?? ''"
                .formatted(label))
        .asText();
  }

  @Test
  void itLoadsWithoutErrorsAndAsksItsServerAlone() {
    open("");
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(server.url()));
    assertThat(browser.text("#formula")).isEqualTo("rosenbrock: f = (1 - x)^2 + 100*(y - x^2)^2");
    assertThat(browser.evaluate("document.querySelectorAll('#map .head').length").asInt())
        .isEqualTo(5);
    browser.waitFor("document.querySelectorAll('#rows tr').length === 5"); // after the map
  }

  @Test
  void aSliderChangesThePathAndTheAddress() {
    open("play");
    String before = head("adam");
    assertThat(before).isNotEmpty();
    browser.evaluate("document.querySelector('%s [data-part=lr]').focus()".formatted(ADAM));
    answered(() -> browser.key("ArrowRight"));
    browser.waitFor(
        "document.querySelector('#map .head[data-walk=\"adam\"]').getAttribute('transform') !== '%s'"
            .formatted(before));
    assertThat(query()).contains("optimizer=adam(lr=0.153)");
    assertThat(browser.text(ADAM + ".slider output")).isEqualTo("0.153");
  }

  @Test
  void draggingTheStartChangesTheAddressAndThePaths() {
    open("play");
    String before = head("sgd");
    // (-1.2, 1) in a box from -2 to 2 and from -1.5 to 3, with the margins of the map
    double[] from = place(-1.2, 1);
    double[] to = place(0.5, 2);
    answered(() -> browser.drag("#map", from[0], from[1], to[0], to[1]));
    browser.waitFor("location.search.includes('start=')");
    String[] start = query().replaceAll(".*start=([^&]*).*", "$1").split(",");
    assertThat(Double.parseDouble(start[0])).isBetween(0.45, 0.55);
    assertThat(Double.parseDouble(start[1])).isBetween(1.95, 2.05);
    assertThat(head("sgd")).isNotEqualTo(before);
    assertThat(browser.evaluate("document.getElementById('start-x').value").asText())
        .isEqualTo(start[0]);
  }

  /** Shares of the map's element for a place of Rosenbrock's box. */
  private double[] place(double x, double y) {
    double width = browser.evaluate("document.getElementById('map').clientWidth").asDouble();
    double height = browser.evaluate("document.getElementById('map').clientHeight").asDouble();
    return new double[] {
      (46 + (x + 2) / 4 * (width - 58)) / width, (12 + (3 - y) / 4.5 * (height - 52)) / height
    };
  }

  @Test
  void theStartShowsThatItHasTheFocus() {
    open("play");
    browser.evaluate("document.body.focus()");
    String marked =
        "(() => { const ring = document.querySelector('#map .start circle');"
            + " const { stroke, strokeWidth } = getComputedStyle(ring);"
            + " return stroke + ' ' + strokeWidth; })()";
    assertThat(browser.evaluate(marked).asText()).startsWith("none");
    for (int i = 0; i < 20 && !isStartFocused(); i++) {
      browser.key("Tab");
    }
    assertThat(isStartFocused()).isTrue();
    assertThat(browser.evaluate(marked).asText()).startsWith("rgb").endsWith("4px");
    answered(() -> browser.key("ArrowUp"));
    assertThat(browser.evaluate(marked).asText()).as("drawn anew").endsWith("4px");
  }

  private boolean isStartFocused() {
    return browser.evaluate("document.activeElement.matches('#map .start')").asBoolean();
  }

  @Test
  void theArrowKeysMoveTheStartToo() {
    open("play");
    browser.evaluate("document.querySelector('#map .start').focus()");
    answered(() -> browser.key("ArrowUp"));
    assertThat(query()).contains("start=-1.2,1.045"); // a hundredth of the height
    answered(() -> browser.key("ArrowRight"));
    assertThat(query()).contains("start=-1.16,1.045");
  }

  @Test
  void whatIsSwitchedOffIsHiddenEverywhereAndStaysSoInTheAddress() {
    open("play");
    answered(() -> {
      browser.click(ADAM + "input[type=checkbox]");
      browser.click("#start-usual");
    });
    browser.waitFor("document.querySelectorAll('#rows tr').length === 4");
    assertThat(head("adam")).isEmpty();
    assertThat(query()).contains("hide=4");
    open("play?hide=4");
    assertThat(head("adam")).isEmpty();
    assertThat(head("sgd")).isNotEmpty();
    assertThat(
            browser
                .evaluate(
                    "document.querySelector('%sinput[type=checkbox]').checked".formatted(ADAM))
                .asBoolean())
        .isFalse();
  }

  @Test
  void anAddressBringsBackExactlyWhatWasSeen() {
    String address =
        "play?surface=quadratic(condition=30)&start=2,-1&steps=80&noise=0.5&seed=7"
            + "&optimizer=clip_by_global_norm(1)%20%7C%20adam(lr=0.2)&optimizer=sgd(lr=0.02)&hide=1";
    open(address);
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.evaluate("document.getElementById('surface').value").asText())
        .isEqualTo("quadratic(condition=30)");
    assertThat(browser.text("#now")).isEqualTo("step 80 of 80");
    String before = head("clip_by_global_norm | adam");
    assertThat(before).isNotEmpty();
    answered(() -> browser.click("#start-usual"));
    assertThat(query()).doesNotContain("start=");
    answered(() -> browser.evaluate("history.back()"));
    browser.waitFor("location.search.includes('start=2')");
    browser.waitFor(
        "document.querySelector('#map .head')?.getAttribute('transform') === '%s'"
            .formatted(before));
    assertThat(query()).contains("hide=1").contains("seed=7").contains("noise=0.5");
  }

  @Test
  void aFormulaOfOnesOwnIsDrawnAndABadOneIsExplained() {
    open("play");
    browser.evaluate("document.getElementById('surface').select()");
    answered(() -> {
      browser.type("x^2 + 3*y^4");
      browser.key("Tab");
    });
    assertThat(browser.text("#formula")).isEqualTo("your own: f = x^2 + 3*y^4");
    browser.evaluate("document.getElementById('surface').select()");
    browser.type("x^2 + ");
    browser.key("Tab");
    browser.waitFor("document.getElementById('error').textContent.includes('character')");
    assertThat(browser.text("#formula")).isEqualTo("your own: f = x^2 + 3*y^4");
  }

  private int rows() {
    return browser.evaluate("document.querySelectorAll('#rows tr').length").asInt();
  }

  private void surface(String text) {
    browser.evaluate("document.getElementById('surface').select()");
    browser.type(text);
    browser.key("Tab");
  }

  private void saysAnError(String part) {
    browser.waitFor("document.getElementById('error').textContent.includes('%s')".formatted(part));
  }

  @Test
  void noOldPathStaysOnASurfaceThatCannotBeWalked() {
    open("play");
    browser.waitFor("document.querySelectorAll('#rows tr').length === 5");
    surface("log(x)+y^2");
    saysAnError("start");
    browser.waitFor("document.querySelectorAll('#rows tr').length === 0");
    assertThat(browser.evaluate("document.querySelectorAll('#map .head').length").asInt()).isZero();
  }

  @Test
  void afterABadFormulaTheLastGoodOneIsWalkedAndInTheAddress() {
    open("play?surface=himmelblau");
    surface("x^2 + ");
    saysAnError("character");
    assertThat(browser.evaluate("document.getElementById('surface').value").asText())
        .isEqualTo("x^2 + ");
    browser.evaluate("document.querySelector('%s [data-part=lr]').focus()".formatted(ADAM));
    answered(() -> browser.key("ArrowRight"));
    assertThat(query()).contains("surface=himmelblau");
    assertThat(browser.text("#error")).isEmpty();
  }

  @Test
  void aWrongStartInAnAddressIsSaidAndTheUsualOneTaken() {
    for (String start : List.of("a", "1", "", "1,2,3")) {
      open("play?start=" + start);
      saysAnError("this is the usual start");
      assertThat(browser.evaluate("document.getElementById('start-x').value").asText())
          .isEqualTo("-1.2");
      assertThat(head("adam")).isNotEmpty();
      assertThat(query()).doesNotContain("start");
    }
    assertThat(browser.evaluate("document.querySelector('#map').innerHTML").asText())
        .doesNotContain("NaN");
  }

  @Test
  void aWrongSurfaceInAnAddressIsSaidAndTheUsualOneTaken() {
    open("play?surface=nosuch");
    saysAnError("this is the usual surface");
    assertThat(browser.evaluate("document.getElementById('surface').value").asText())
        .isEqualTo("nosuch");
    assertThat(browser.text("#formula")).startsWith("rosenbrock");
    assertThat(head("adam")).isNotEmpty();
  }

  @Test
  void anOptimizerTooManyIsNotTakenIn() {
    open("play?steps=10" + "&optimizer=sgd(lr=1e-3)".repeat(40));
    browser.evaluate(
        "(() => { const add = document.getElementById('add'); add.selectedIndex = 1;"
            + " add.dispatchEvent(new Event('change')); })()");
    saysAnError("from 1 to 40 optimizers, got 41");
    answered(() -> browser.click("#cards li:last-child .remove"));
    browser.waitFor("document.querySelectorAll('#cards li').length === 39");
    assertThat(query().split("optimizer=", -1)).hasSize(40);
  }

  @Test
  void spacePlaysAndPausesAndTheMarkerMoves() {
    open("play");
    String end = head("adam");
    browser.evaluate("document.activeElement.blur()");
    browser.key(" ");
    browser.waitFor("document.getElementById('play').textContent === 'Pause'");
    browser.waitFor("(({ value }) => value > 5 && value < 200)(document.getElementById('scrub'))");
    assertThat(head("adam")).isNotEqualTo(end);
    browser.key(" ");
    browser.waitFor("document.getElementById('play').textContent === 'Play'");
    assertThat(browser.evaluate("Number(document.getElementById('scrub').value)").asInt())
        .isLessThan(200);
  }

  @Test
  void everyControlIsReachedByTheKeyboard() {
    open("play");
    browser.evaluate("document.body.focus()");
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      browser.key("Tab");
      reached
          .append(
              browser
                  .evaluate(
                      "(({ id, className, dataset, tagName }) => tagName + '#' + id + '.' +"
                          + " (className.baseVal ?? className) + '/' + (dataset.part ??"
                          + " ''))(document.activeElement)")
                  .asText())
          .append('\n');
    }
    assertThat(reached.toString())
        .contains(".start/", "CANVAS", "BUTTON#play", "#scrub.", "#speed")
        .contains("#surface-name", "#surface.", "/dimension", "#start-x", "#start-y")
        .contains("/steps", "/noise", "/seed", "/lr", "SUMMARY", ".remove/", "#add.", "#best")
        .contains("#link", "#reset", "#theme");
  }

  @Test
  void onAPhoneNothingSticksOutInLightOrDark() {
    for (boolean dark : new boolean[] {false, true}) {
      browser.setViewport(390, 800, dark);
      open("play");
      browser.waitUntilItFits(390);
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }
}
