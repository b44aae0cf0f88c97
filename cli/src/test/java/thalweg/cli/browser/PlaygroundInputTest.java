package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

/** What the playground says of odd addresses, misspelt names, and optimizers that diverge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundInputTest {
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

  private void open(String address) {
    browser.open(server.url() + address);
    browser.waitFor("document.body.dataset.ready && document.body.dataset.answered");
  }

  private void surface(String text) {
    browser.evaluate("document.getElementById('surface').select()");
    browser.type(text);
    browser.key("Tab");
  }

  private String saysAnError(String part) {
    browser.waitFor("document.getElementById('error').textContent.includes('%s')".formatted(part));
    return browser.text("#error");
  }

  @Test
  void whatIsNotUnderstoodOfAnAddressIsSaid() {
    open("play?steps=abc&foo=1&noise=-1&seed=1.5&hide=0,7&surface=booth&surface=beale");
    assertThat(saysAnError("ignored in the address"))
        .contains("'foo'")
        .contains("'surface' but for the first")
        .contains("steps='abc', as it is no whole number from 1 to 20000")
        .contains("noise='-1', as it is no number from 0 to 1000000")
        .contains("seed='1.5'")
        .contains("hide='7', as optimizers are counted from 0 to 4");
    assertThat(browser.text("#formula")).startsWith("booth");
    assertThat(browser.text("#now")).isEqualTo("step 200 of 200");
    assertThat(browser.evaluate("location.search").asText()).isEqualTo("?surface=booth&hide=0");
    open("play?steps=100&noise=0&seed=3");
    assertThat(browser.text("#error")).isEmpty();
  }

  @Test
  void aMisspeltNameIsNoFormula() {
    open("play");
    surface("rosenbrok");
    saysAnError("did you mean \\'rosenbrock\\'?");
    surface("sphere");
    saysAnError("no surface is called \\'sphere\\'; there is \\'rosenbrock\\'");
    surface("quadratik(condition=3)");
    saysAnError("did you mean \\'quadratic\\'?");
    surface("sin(x) + y^2");
    browser.waitFor(
        "document.getElementById('formula').textContent === 'your own: f = sin(x) + y^2'");
    surface("quadratic(condition=3)");
    browser.waitFor("document.getElementById('formula').textContent.startsWith('quadratic: f')");
    for (String formula : List.of("x-y", "exp(x)", "abs(x) + y", "-x", "x", "pi")) {
      surface(formula);
      browser.waitFor(
          "document.getElementById('formula').textContent === 'your own: f = %s' ||"
                  .formatted(formula)
              + " document.getElementById('error').textContent.includes('takes 1 number;')");
    }
  }

  /** The range of the vertical axis of the losses, and the marks of ends. */
  private JsonNode losses() {
    browser.waitFor("page.charts.get(document.getElementById('loss'))?.getOption().yAxis.length");
    return browser.evaluate(
        "(() => { const o = page.charts.get(document.getElementById('loss')).getOption();"
            + " return { low: o.yAxis[0].min, high: o.yAxis[0].max, ends: o.series.filter((s) =>"
            + " s.symbol?.startsWith?.('path://M-1-1')).map((s) => s.data[0][1]) }; })()");
  }

  @Test
  void oneThatDivergesDoesNotHideTheOthers() {
    open("play?surface=booth&optimizer=sgd(lr=0.01)&optimizer=adam(lr=0.1)");
    JsonNode calm = losses();
    assertThat(calm.path("ends")).isEmpty();
    open("play?surface=booth&optimizer=sgd(lr=0.01)&optimizer=adam(lr=0.1)&optimizer=sgd(lr=3)");
    browser.waitFor("document.querySelectorAll('#rows tr').length === 3");
    JsonNode wild = losses();
    assertThat(wild.path("high").asDouble() - calm.path("high").asDouble())
        .as("decades of room above, of 14 that it goes up")
        .isBetween(0.3, 0.7);
    assertThat(wild.path("low")).isEqualTo(calm.path("low"));
    assertThat(wild.path("ends")).hasSize(1);
    assertThat(wild.path("ends").get(0)).as("cut at the top").isEqualTo(wild.path("high"));
    assertThat(browser.text("#rows")).contains("left for good at step");
  }
}
