package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.compare.ComparisonFixture.Wish;
import thalweg.lab.page.Html;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;

class ReportTest {
  private static final String EVIL = "<script>alert('x')</script><img src=//evil.example/a>\"&";

  @ParameterizedTest
  @CsvSource({"1, 1, 1, false, false", "8, 30, 3, false, true", "20, 200, 3, true, true"})
  void nothingIsLoadedFromAnywhere(
      int optimizers, int epochs, int seeds, boolean regression, boolean diverging) {
    String html =
        Report.html(
            ComparisonFixture.of(new Wish(optimizers, epochs, seeds, regression, diverging)));
    assertThat(withoutLibrary(html)).contains("default-src 'none'").doesNotContain("{{");
    assertThat(html.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContainPattern("(?i)https?:|src=|@import|url\\(|<link|<iframe|<object|<base");
    assertThat(html.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContainPattern("href=\"(?!#)");
    String own = html.substring(html.lastIndexOf("<script>"));
    assertThat(own).doesNotContainPattern("(?i)https?:|fetch\\(|XMLHttpRequest|import\\(");
  }

  @Test
  void theChartLibraryKeepsItsLicenceAndOnlyNamesAddresses() {
    String html = Report.html(ComparisonFixture.usual());
    assertThat(html).contains("Licensed to the Apache Software Foundation (ASF)");
    Matcher addresses = Pattern.compile("https?://([^/\"' ]+)").matcher(html);
    // Names of XML namespaces and of licences, in comments and constants: nothing that is loaded.
    assertThat(addresses.results().map(m -> m.group(1)).distinct().toList())
        .containsExactlyInAnyOrder("www.apache.org", "www.w3.org", "github.com");
  }

  @Test
  void textsOfTheUserAreEscapedEverywhere() {
    Comparison usual = ComparisonFixture.usual();
    DataFacts d = usual.data();
    Settings s = usual.settings();
    OptimizerResult o = usual.optimizers().getFirst();
    Comparison evil =
        new Comparison(
            new DataFacts(
                EVIL, d.task(), 10, 2, EVIL, List.of(EVIL, "b"), 8, 2, EVIL, List.of(EVIL)),
            new Settings(EVIL, s.hidden(), EVIL, s.regimes(), 1, 1, 0, 0, 1, s.seeds(), s.grid()),
            new Environment(EVIL, EVIL, 1, EVIL, EVIL, EVIL, 1, EVIL, EVIL, EVIL),
            List.of(
                new OptimizerResult(
                    EVIL,
                    EVIL,
                    o.regime(),
                    EVIL,
                    EVIL,
                    EVIL,
                    EVIL,
                    Map.of(EVIL, EVIL),
                    0.1,
                    o.tuning(),
                    4,
                    null,
                    o.runs())));
    String html = withoutLibrary(Report.html(evil));
    assertThat(html).doesNotContain("<script>alert").doesNotContain("<img");
    assertThat(html).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assertThat(html).contains("\\u003cscript\\u003ealert");
  }

  @Test
  void dollarsAndBracesInTextsStayAsTheyAre() {
    Comparison usual = ComparisonFixture.usual();
    Environment e = usual.environment();
    Environment odd =
        new Environment(
            e.os(),
            e.cpu(),
            1,
            e.java(),
            "0",
            "0",
            1,
            "block",
            "now",
            "run --target '{{css}} $1 \\'");
    String html =
        Report.html(new Comparison(usual.data(), usual.settings(), odd, usual.optimizers()));
    assertThat(html).contains("run --target &#39;{{css}} $1 \\&#39;");
  }

  @Test
  void everyOptimizerHasItsRowItsFormulaAndOneColour() {
    Comparison comparison = ComparisonFixture.usual();
    String html = withoutLibrary(Report.html(comparison));
    for (int i = 0; i < comparison.optimizers().size(); i++) {
      OptimizerResult optimizer = comparison.optimizers().get(i);
      assertThat(html)
          .contains(
              "<th scope=\"row\"><span class=\"swatch\" data-swatch=\"%d\"></span>%s"
                  .formatted(i, optimizer.id()))
          .contains(
              "<h3><span class=\"swatch\" data-swatch=\"%d\"></span>%s</h3>"
                  .formatted(i, optimizer.id()))
          .contains(Html.escape(optimizer.formula().strip()));
    }
  }

  @Test
  void aRegressionSpeaksOfRSquaredAndOneSeedOfNoBand() {
    String html = withoutLibrary(Report.html(ComparisonFixture.of(new Wish(2, 3, 1, true, false))));
    assertThat(html).contains("Validation R²").doesNotContain("band: from").contains("of one seed");
  }

  @Test
  void regimesAreNamedWithTheirUpdates() {
    String html = withoutLibrary(Report.html(ComparisonFixture.regimes()));
    assertThat(html)
        .contains("<title>2 optimizers in 3 regimes on digits</title>")
        .contains("full 20 (one an epoch), mini:32 900, one 28\u00a0760.")
        .contains("20 epochs, full batch / batches of 32 / one sample, 3 seeds")
        .contains("data-swatch=\"4\"></span>sgd+momentum · mini:32")
        .contains("a dash is a regime");
    assertThat(withoutLibrary(Report.html(ComparisonFixture.usual()))).doesNotContain("a dash is");
  }

  @Test
  void anOptimizerHasItsColourInAllRegimesAndADashInEach() throws IOException {
    String html = withoutLibrary(Report.html(ComparisonFixture.regimes()));
    Matcher json = Pattern.compile("id=\"looks-json\">(.*?)</script>").matcher(html);
    assertThat(json.find()).isTrue();
    List<Look> looks = List.of(new JsonMapper().readValue(json.group(1), Look[].class));
    List<OptimizerResult> results = ComparisonFixture.regimes().optimizers();
    assertThat(looks).hasSameSizeAs(results).doesNotHaveDuplicates();
    for (int i = 0; i < looks.size(); i++) {
      Look own = Looks.of(List.of(results.get(i).canonical())).getFirst();
      assertThat(looks.get(i).light()).isEqualTo(own.light());
      assertThat(looks.get(i).marker()).isEqualTo(own.marker());
    }
    assertThat(looks.subList(0, 3)).extracting(Look::dash).doesNotHaveDuplicates();
  }

  @Test
  void aDivergedOptimizerIsMarked() {
    String html = withoutLibrary(Report.html(ComparisonFixture.of(new Wish(4, 8, 3, false, true))));
    assertThat(html)
        .contains("sgd+momentum<span class=\"diverged\">diverged</span>")
        .contains("adagrad<span class=\"diverged\">diverged in 1 of 3</span>");
  }

  @Test
  void thePageStaysNearTheChartLibrarysSize() {
    assertThat(Report.html(ComparisonFixture.usual()).length()).isLessThan(1_300_000);
  }

  /** The page without the chart library, a megabyte that nobody wants in a failure's message. */
  private static String withoutLibrary(String html) {
    int from = html.indexOf("<script>");
    return html.substring(0, from) + html.substring(html.indexOf("</script>", from));
  }
}
