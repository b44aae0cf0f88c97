package thalweg.lab.reproduce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.compare.Environment;
import thalweg.lab.page.Html;
import thalweg.lab.page.Look;
import thalweg.lab.page.Page;

/** A reproduction as one HTML file that needs nothing else. */
public final class ReproductionPage {
  private ReproductionPage() {}

  /**
   * Writes the page, wholly or not at all.
   *
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Reproduction reproduction) {
    SafeFile.write(file, html(reproduction).getBytes(StandardCharsets.UTF_8));
  }

  /** The whole page. */
  public static String html(Reproduction reproduction) {
    Environment environment = reproduction.environment();
    List<Look> looks = new ArrayList<>();
    StringBuilder experiments = new StringBuilder();
    for (Result result : reproduction.experiments()) {
      Sides sides = new Sides(result, looks.size());
      experiments.append(experiment(reproduction, sides));
      looks.addAll(sides.looks());
    }
    return new Page(
            "/thalweg/lab/reproduce/reproduce",
            "reproduce",
            "What the literature says, measured",
            lead(reproduction),
            Map.of(
                "rule",
                Html.escape(Wording.rule(reproduction)),
                "table",
                table(reproduction),
                "experiments",
                experiments.toString(),
                "command",
                Html.escape(environment.command()),
                "settings",
                Html.facts(settings(reproduction)),
                "environment",
                Html.facts(environment.facts())),
            ReproductionJson.compact(reproduction),
            looks,
            reproduction.format(),
            environment.thalweg())
        .html();
  }

  private static String lead(Reproduction reproduction) {
    long claims =
        reproduction.experiments().stream().mapToLong(result -> result.findings().size()).sum();
    int experiments = reproduction.experiments().size();
    return "%d claims of the literature, measured in %s on this machine: %s.%s"
        .formatted(
            claims,
            experiments == 1 ? "a small experiment" : experiments + " small experiments",
            Wording.tally(reproduction),
            reproduction.quick()
                ? " This was a quick run: short trainings, few settings to choose from."
                : "");
  }

  private static String table(Reproduction reproduction) {
    StringBuilder html = new StringBuilder("<table class=\"results claims\"><thead><tr>");
    for (String name : List.of("claim", "measured", "mean and interval", "claimed", "verdict")) {
      html.append("<th scope=\"col\">").append(name).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Result result : reproduction.experiments()) {
      html.append(
          "<tr class=\"group\"><th scope=\"colgroup\" colspan=\"5\"><a href=\"#%s\">%s</a> %s</th></tr>\n"
              .formatted(result.name(), result.name(), Html.escape(result.title())));
      for (Finding finding : result.findings()) {
        Claim claim = finding.claim();
        html.append(
                "<tr><th scope=\"row\"><span>%s<small>%s</small></span></th>"
                    .formatted(Html.escape(claim.says()), Html.escape(claim.source())))
            .append(
                cell(
                    "measured",
                    "%s<small>%s: %s</small>"
                        .formatted(
                            Html.escape(claim.measured()),
                            Html.escape(claim.first() + ", " + claim.second()),
                            Html.escape(Wording.sides(finding)))))
            .append(
                cell(
                    "mean and interval",
                    "<small>%s</small>%s"
                        .formatted(
                            Html.escape(Wording.compared(claim)),
                            Html.escape(Wording.measured(finding.interval())))))
            .append(cell("claimed", Html.escape(Wording.claimed(claim))))
            .append(
                cell(
                    "verdict",
                    "<b class=\"verdict %s\">%s</b>"
                        .formatted(mark(finding.verdict()), finding.verdict())))
            .append("</tr>\n");
      }
    }
    return html.append("</tbody></table>").toString();
  }

  private static String cell(String name, String html) {
    return "<td data-name=\"%s\"><span>%s</span></td>".formatted(name, html);
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "yes";
      case DOES_NOT_HOLD -> "no";
      case UNDECIDED -> "open";
    };
  }

  private static String experiment(Reproduction reproduction, Sides sides) {
    Result result = sides.result();
    return "<section id=\"%s\"><h2>%s</h2>\n<p>%s</p>\n%s%s<pre class=\"command\">%s</pre></section>\n"
        .formatted(
            result.name(),
            Html.escape(result.title()),
            Html.escape(result.setup()),
            sides.charts(),
            sides.list(),
            Html.escape(command(reproduction, result)));
  }

  /** The command line that repeats one experiment. */
  private static String command(Reproduction reproduction, Result result) {
    return "./thalweg reproduce %s --seeds %d --seed %d%s"
        .formatted(
            result.name(),
            reproduction.seeds().size(),
            reproduction.tuningSeeds().getFirst(),
            reproduction.quick() ? " --quick" : "");
  }

  private static Map<String, String> settings(Reproduction reproduction) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seeds measured", joined(reproduction.seeds()));
    facts.put("seeds chosen by", joined(reproduction.tuningSeeds()));
    facts.put("quick", reproduction.quick() ? "yes" : "no");
    double seconds = reproduction.experiments().stream().mapToDouble(Result::seconds).sum();
    facts.put("took", "%.0f seconds".formatted(seconds));
    return facts;
  }

  private static String joined(List<Long> seeds) {
    return seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
