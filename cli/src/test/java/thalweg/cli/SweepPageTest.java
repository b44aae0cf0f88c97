package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.cli.browser.Chromium;

/** The pages of sweeps and galleries in a real browser. */
class SweepPageTest {
  private static final String SERIES =
      "echarts.getInstanceByDom(document.getElementById('%s')).getOption().series.map((s) => s.name"
          + " ?? '').filter((n) => n !== '')";

  @TempDir static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = new Chromium();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  private Path written(String... args) {
    Path file = folder.resolve("page.html");
    String[] all = new String[args.length + 3];
    all[0] = "trace";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--quiet";
    all[args.length + 2] = "--out=" + file;
    Ran.thalweg(all).output();
    return file;
  }

  private static void fitsAndIsCalm(Path file) {
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    browser.setViewport(390, 800, true);
    browser.waitFor("innerWidth === 390");
    browser.waitUntilItFits(390);
    assertThat(browser.consoleErrors()).isEmpty();
    browser.setViewport(1300, 900, false);
  }

  @Test
  void aSweepShowsCurvesAndThreePathsOfEach() {
    Path file =
        written(
            "rosenbrock",
            "--optimizers=sgd;adam;heavy_ball",
            "--sweep=lr=1e-4..10:11",
            "--steps=50");
    browser.open(file);
    assertThat(browser.texts(SERIES.formatted("sweep")))
        .containsExactly("sgd", "adam", "heavy_ball");
    assertThat(browser.evaluate("document.querySelectorAll('.three svg .head').length").asInt())
        .isEqualTo(9);
    assertThat(browser.text("#three article:nth-child(1)"))
        .containsSubsequence(
            "sgd", "too small:", "ends at", "right:", "too large:", "left at step");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('.three .axes')].map((axes) =>"
                    + " [...axes.querySelectorAll('[font-style]')].map((t) =>"
                    + " t.textContent).join())"))
        .hasSize(9)
        .containsOnly("x,y");
    browser.click("#legend button:nth-child(1)");
    assertThat(browser.texts(SERIES.formatted("sweep"))).containsExactly("adam", "heavy_ball");
    assertThat(browser.evaluate("document.querySelector('#three article').hidden").asBoolean())
        .isTrue();
    fitsAndIsCalm(file);
  }

  @Test
  void whatWasNotTriedIsSaidInItsPlace() {
    Path file = written("quadratic", "--optimizers=sgd", "--sweep=lr=0.14..0.15:5", "--steps=50");
    browser.open(file);
    assertThat(browser.text("#three article"))
        .containsSubsequence("none tried", "too small", "right:", "ends at", "none tried", "large");
    assertThat(browser.evaluate("document.querySelectorAll('.three svg .head').length").asInt())
        .isEqualTo(1);
    fitsAndIsCalm(file);
    Path wild = written("quadratic", "--optimizers=sgd", "--sweep=lr=1..10:3", "--steps=50");
    browser.open(wild);
    assertThat(browser.text("#three article"))
        .contains("none that was tried ends below the start", "too large: 1");
    fitsAndIsCalm(wild);
  }

  @Test
  void anEndWhereTheFunctionIsUndefinedIsSaid() {
    Path file =
        written(
            "--expression=log(x) + y^2 + x",
            "--start=1,1",
            "--optimizers=sgd",
            "--sweep=lr=1e-4..1:5",
            "--steps=50");
    browser.open(file);
    assertThat(browser.text("#three article"))
        .contains("ends where f is undefined, at step ")
        .doesNotContain("left at");
    fitsAndIsCalm(file);
  }

  @Test
  void aGalleryShowsOneSurfaceAtATimeRatesSchedulesAndNetworks() {
    Path file = written("--gallery", "--optimizers=sgd;adam", "--steps=20", "--budget=5");
    browser.open(file);
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('[data-trace]')].map((b) => b.textContent)"))
        .containsExactly(
            "saddle",
            "valley",
            "beale",
            "rosenbrock",
            "himmelblau",
            "rastrigin",
            "ackley",
            "random(seed=2)");
    assertThat(browser.text("#formula")).isEqualTo("f(x, y) = x^2 - y^2");
    browser.click("[data-trace='4']");
    assertThat(browser.text("#formula")).startsWith("f(x, y) = (x^2 + y - 11)^2");
    assertThat(browser.evaluate("document.querySelectorAll('#map .minimum').length").asInt())
        .isEqualTo(4);
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('[data-table]')].filter((t) => !t.hidden).map((t) =>"
                    + " t.dataset.table)"))
        .containsExactly("4");
    assertThat(browser.texts(SERIES.formatted("sweep"))).containsExactly("sgd", "adam");
    String names = "[...document.querySelectorAll('.paper .name')].map((n) => n.textContent)";
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(browser.texts(names))
        .hasSize(8)
        .startsWith("saddle", "valley")
        .endsWith("random(seed=2)");
    for (String kind : List.of("map", "3d")) {
      assertThat(
              browser.texts(
                  "[...document.querySelectorAll('.paper .surface-%s canvas')].map((c) => c.toDataURL())"
                      .formatted(kind)))
          .hasSize(8)
          .doesNotHaveDuplicates();
    }
    assertThat(browser.text("#formula")).startsWith("f(x, y) = (x^2 + y - 11)^2");
    browser.evaluate("window.dispatchEvent(new Event('afterprint'))");
    assertThat(browser.texts(names)).isEmpty();
    assertThat(browser.texts(SERIES.formatted("schedules"))).hasSize(8);
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('[data-network]')].map((node) =>"
                    + " `${node.dataset.network} ${node.dataset.curve} ${page.charts.get(node)"
                    + ".getOption().series.filter((s) => s.type === 'line')"
                    + ".map((s) => `${s.name} ${s.data.length}`).join()}`)"))
        .containsExactly(
            "0 train_loss sgd(momentum=0.9) 12,adam 12",
            "0 validation_loss sgd(momentum=0.9) 12,adam 12",
            "1 train_loss sgd(momentum=0.9) 16,adam 16",
            "1 validation_loss sgd(momentum=0.9) 16,adam 16");
    fitsAndIsCalm(file);
  }

  @Test
  void whatIsBlankIsSaidWhereThereIsSuchAPlace() {
    browser.open(written("--expression=log(x) + y^2", "--start=1,1", "--optimizers=sgd"));
    assertThat(browser.text("#caption")).contains("Blank where f is not defined.");
    browser.open(written("rosenbrock", "--optimizers=sgd"));
    assertThat(browser.text("#caption")).contains("Colours").doesNotContain("lank");
  }

  @Test
  void aLongLeadLeavesTheMapAboveThePlayer() {
    browser.setViewport(1300, 1000, false);
    browser.open(
        written(
            "rosenbrock(dimension=10)",
            "--optimizers=sgd(lr=1e-4);adam(lr=0.1);rmsprop(lr=0.01)",
            "--steps=10",
            "--noise=1"));
    browser.waitFor("document.querySelector('#map .axes text') !== null");
    String gap =
        "document.querySelector('#player').getBoundingClientRect().top -"
            + " document.querySelector('#map').getBoundingClientRect().bottom";
    assertThat(browser.evaluate(gap).asDouble()).isPositive();
    browser.evaluate("document.querySelector('.lead').textContent = 'word '.repeat(120)");
    browser.evaluate("window.dispatchEvent(new Event('resize'))");
    assertThat(browser.evaluate(gap).asDouble()).isPositive();
    browser.setViewport(1300, 900, false);
  }

  @Test
  void aSurfaceOfFiveNumbersIsShownInTwoAndSaysSo() {
    Path file =
        written("rosenbrock(dimension=5)", "--optimizers=adam(lr=0.1)", "--steps=10", "--noise=1");
    browser.open(file);
    assertThat(browser.text("#formula")).startsWith("f(x1, x2, …, x5) = ");
    assertThat(browser.text("#caption"))
        .contains("first two coordinates, the others at 1, 1, 1; the paths are laid on it");
    assertThat(browser.text(".lead")).contains("noise of standard deviation 1 in each component");
    assertThat(browser.text("#map .axes")).contains("x1").contains("x2");
    fitsAndIsCalm(file);
  }
}
