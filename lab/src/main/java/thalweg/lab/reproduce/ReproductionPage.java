package thalweg.lab.reproduce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.compare.Environment;
import thalweg.lab.compare.Figures;
import thalweg.lab.page.Html;
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
    return Page.of(
        own("reproduce.html"),
        Map.ofEntries(
            Map.entry("lead", Html.escape(lead(reproduction))),
            Map.entry("rule", Html.escape(Wording.rule(reproduction))),
            Map.entry("table", table(reproduction)),
            Map.entry("experiments", experiments(reproduction)),
            Map.entry("command", Html.escape(environment.command())),
            Map.entry("settings", Html.facts(settings(reproduction))),
            Map.entry("environment", Html.facts(environment.facts())),
            Map.entry("version", Html.escape(environment.thalweg())),
            Map.entry("format", Html.escape(reproduction.format())),
            Map.entry("json", Html.script(ReproductionJson.compact(reproduction))),
            Map.entry("css", Page.css()),
            Map.entry("js", own("reproduce.js")),
            Map.entry("echarts_version", Html.escape(Page.echartsVersion())),
            Map.entry("echarts", Page.echarts())));
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

  private static String experiments(Reproduction reproduction) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < reproduction.experiments().size(); i++) {
      Result result = reproduction.experiments().get(i);
      html.append(
              "<section id=\"%s\"><h2>%s</h2>\n"
                  .formatted(result.name(), Html.escape(result.title())))
          .append("<p>%s</p>\n".formatted(Html.escape(result.setup())))
          .append("<div class=\"charts\">\n");
      boolean timed = result.contenders().stream().anyMatch(Result.Side::timed);
      html.append(chart(i, "train_loss", "Training loss", false))
          .append(chart(i, "validation_loss", "Validation loss", false))
          .append(timed ? chart(i, "train_loss", "Training loss, equal time", true) : "")
          .append("</div>\n")
          .append(contenders(result))
          .append(
              "<pre class=\"command\">%s</pre></section>\n"
                  .formatted(command(reproduction, result)));
    }
    return html.toString();
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

  private static String chart(int experiment, String of, String title, boolean timed) {
    String over = timed ? "seconds of training" : "epochs";
    return "<figure><figcaption>%s</figcaption><div class=\"chart\" data-experiment=\"%d\" data-of=\"%s\" data-timed=\"%s\" role=\"img\" aria-label=\"%s over %s\"></div></figure>\n"
        .formatted(title, experiment, of, timed, title, over);
  }

  private static String contenders(Result result) {
    StringBuilder html = new StringBuilder("<div class=\"rules\">\n");
    for (int i = 0; i < result.contenders().size(); i++) {
      Result.Side side = result.contenders().get(i);
      html.append(
          "<article class=\"rule\"><h3><span class=\"swatch\" data-swatch=\"%d\"></span>%s</h3>\n<p class=\"ran\"><code>%s</code></p>\n%s"
              .formatted(
                  i,
                  Html.escape(side.label()),
                  Html.escape(side.optimizer()),
                  Html.facts(facts(side))));
      if (!side.tried().isEmpty()) {
        html.append(
            "<details><summary>chosen from %d</summary><ul>".formatted(side.tried().size()));
        for (Result.Tried tried : side.tried()) {
          boolean chosen = tried.optimizer().equals(side.optimizer());
          html.append(
              (chosen ? "<li><b><code>%s</code>: %s</b></li>" : "<li><code>%s</code>: %s</li>")
                  .formatted(Html.escape(tried.optimizer()), Figures.loss(tried.validationLoss())));
        }
        html.append(
            "</ul><p class=\"note\">Chosen: in bold. With the validation loss each ended with, mean"
                + " over the tuning seeds.</p></details>");
      }
      html.append("</article>\n");
    }
    return html.append("</div>\n").toString();
  }

  private static Map<String, String> facts(Result.Side side) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("network", side.network());
    facts.put("data", side.data());
    facts.put("batch", side.batch());
    facts.put("training loss", ends(side, Result.Run::endTrainLoss));
    facts.put("validation loss", ends(side, Result.Run::endValidationLoss));
    facts.put("accuracy", ends(side, Result.Run::endAccuracy));
    long diverged = side.runs().stream().filter(Result.Run::diverged).count();
    if (diverged > 0) {
      facts.put("diverged", "%d of %d runs".formatted(diverged, side.runs().size()));
    }
    return facts;
  }

  /** The ends of all runs, one a seed. */
  private static String ends(Result.Side side, ToDoubleFunction<Result.Run> measure) {
    return side.runs().stream()
        .map(run -> Figures.significant(measure.applyAsDouble(run), 3))
        .collect(Collectors.joining(", "));
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

  private static String own(String name) {
    return Page.resource("/thalweg/lab/reproduce/" + name);
  }
}
