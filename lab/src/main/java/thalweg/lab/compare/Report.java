package thalweg.lab.compare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.page.Html;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;

/**
 * A comparison as one HTML file that needs nothing else: style, chart library and numbers are
 * inside, and its own policy forbids it to load anything.
 *
 * <p>Every text of the comparison is escaped, since column names and file names are the user's.
 * What it alone has are resources beside this class: report.html, report.css, report.js.
 */
public final class Report {
  private Report() {}

  /**
   * Writes the report, wholly or not at all.
   *
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Comparison comparison) {
    SafeFile.write(file, html(comparison).getBytes(StandardCharsets.UTF_8));
  }

  /** The whole page. */
  public static String html(Comparison comparison) {
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("table", table(comparison)),
            Map.entry("table_note", Html.escape(ReportText.tableNote(comparison))),
            Map.entry("chart_note", Html.escape(ReportText.chartNote(comparison))),
            Map.entry("score_title", "Validation " + comparison.scoreName()),
            Map.entry("rules", rules(comparison)),
            Map.entry("command", Html.escape(comparison.environment().command())),
            Map.entry("settings", Html.facts(ReportText.settings(comparison))),
            Map.entry("environment", Html.facts(comparison.environment().facts())),
            Map.entry("data", data(comparison.data())));
    return new Page(
            "/thalweg/lab/compare/report",
            "comparison of optimizers",
            ReportText.title(comparison),
            ReportText.lead(comparison),
            parts,
            ComparisonJson.compact(comparison),
            looks(comparison),
            comparison.format(),
            comparison.environment().thalweg())
        .html();
  }

  /** An optimizer's own in all its regimes; where there are several, a dash is a regime. */
  private static List<Look> looks(Comparison comparison) {
    Map<String, String> optimizers = new LinkedHashMap<>();
    comparison
        .optimizers()
        .forEach(result -> optimizers.putIfAbsent(result.optimizer(), result.canonical()));
    List<String> names = List.copyOf(optimizers.keySet());
    List<Look> looks = Looks.of(List.copyOf(optimizers.values()));
    List<String> regimes = comparison.settings().regimes().stream().map(Regime::batching).toList();
    return comparison.optimizers().stream()
        .map(result -> {
          Look look = looks.get(names.indexOf(result.optimizer()));
          return comparison.settings().several()
              ? look.dashed(regimes.indexOf(result.regime()))
              : look;
        })
        .toList();
  }

  private static String table(Comparison comparison) {
    List<String> header = new ArrayList<>(ResultTable.header(comparison));
    header.removeLast();
    StringBuilder html = new StringBuilder("<table class=\"results\"><thead><tr>");
    for (String name : header) {
      html.append("<th scope=\"col\">").append(Html.escape(name)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (OptimizerResult optimizer : comparison.ranked()) {
      html.append("<tr><th scope=\"row\">")
          .append(swatch(comparison, optimizer))
          .append(Html.escape(optimizer.id()));
      String mark = ResultTable.mark(optimizer);
      if (!mark.isEmpty()) {
        html.append("<span class=\"diverged\">").append(mark).append("</span>");
      }
      html.append("</th>");
      List<String> cells = ResultTable.cells(comparison, optimizer);
      for (int i = 1; i < header.size(); i++) {
        String name = header.get(i);
        html.append(name.startsWith("validation") ? "<td class=\"main\"" : "<td")
            .append(" data-name=\"%s\">".formatted(Html.escape(name)))
            .append("<span>%s</span></td>".formatted(Html.escape(cells.get(i - 1))));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }

  private static String rules(Comparison comparison) {
    StringBuilder html = new StringBuilder();
    for (OptimizerResult optimizer : comparison.optimizers()) {
      html.append("<article class=\"rule\"><h3>")
          .append(swatch(comparison, optimizer))
          .append(Html.escape(optimizer.id()))
          .append("</h3>\n<p class=\"ran\"><code>")
          .append(Html.escape(optimizer.canonical()))
          .append("</code></p>\n<pre class=\"formula\">")
          .append(Html.escape(optimizer.formula().stripTrailing()))
          .append("</pre>\n");
      if (!optimizer.hyperparameters().isEmpty()) {
        html.append("<ul class=\"hypers\">");
        optimizer
            .hyperparameters()
            .forEach((name, value) ->
                html.append("<li><code>")
                    .append(Html.escape(name + " = " + value))
                    .append("</code></li>"));
        html.append("</ul>\n");
      }
      html.append("<details><summary>as given, and as LaTeX</summary><pre>")
          .append(Html.escape(optimizer.spec()))
          .append("</pre><pre>")
          .append(Html.escape(optimizer.latex().stripTrailing()))
          .append("</pre></details></article>\n");
    }
    return html.toString();
  }

  private static String data(DataFacts data) {
    String notes =
        data.notes().stream()
            .map(note -> "<li>" + Html.escape(note) + "</li>")
            .collect(Collectors.joining());
    return Html.facts(ReportText.data(data))
        + (notes.isEmpty() ? "" : "<ul>" + notes + "</ul>")
        + "<p class=\"note\">Source: "
        + Html.escape(data.source())
        + "</p>";
  }

  private static String swatch(Comparison comparison, OptimizerResult optimizer) {
    return Page.swatch(comparison.optimizers().indexOf(optimizer));
  }
}
