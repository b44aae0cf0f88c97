package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thalweg.lab.compare.Figures;
import thalweg.lab.page.Html;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;

/**
 * The sides of one experiment on the page: its charts and its list. Those that learn the same for
 * as long share charts.
 *
 * @param offset number of its first side among all on the page
 */
record Sides(Result result, int offset) {
  /** What a chart's sides have in common. */
  private record Shared(String data, boolean timed) {}

  /** Numbers of sides, from 0, chart by chart. */
  private Map<Shared, List<Integer>> groups() {
    return IntStream.range(0, result.contenders().size())
        .boxed()
        .collect(
            Collectors.groupingBy(
                i -> {
                  Result.Side side = result.contenders().get(i);
                  return new Shared(side.data(), side.timed());
                },
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** One a side: lines in one chart differ. */
  List<Look> looks() {
    Look[] looks = new Look[result.contenders().size()];
    for (List<Integer> group : groups().values()) {
      List<Look> these =
          Looks.of(group.stream().map(i -> result.contenders().get(i).optimizer()).toList());
      for (int k = 0; k < these.size(); k++) {
        looks[group.get(k)] = these.get(k);
      }
    }
    return Arrays.asList(looks);
  }

  /** Two charts for each of what is learned, one of those that are measured by time. */
  String charts() {
    Map<Shared, List<Integer>> groups = groups();
    boolean several = groups.keySet().stream().map(Shared::data).distinct().count() > 1;
    StringBuilder html = new StringBuilder("<div class=\"charts\">\n");
    groups.forEach((shared, sides) -> {
      String of = several ? ": " + shared.data() : "";
      if (shared.timed()) {
        html.append(chart("train_loss", "Training loss, equal time" + of, sides));
      } else {
        html.append(chart("train_loss", "Training loss" + of, sides))
            .append(chart("validation_loss", "Validation loss" + of, sides));
      }
    });
    return html.append("</div>\n").toString();
  }

  private String chart(String of, String title, List<Integer> sides) {
    List<String> key = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i : sides) {
      String label = Html.escape(result.contenders().get(i).label());
      key.add("<span>%s%s</span>".formatted(Page.swatch(offset + i), label));
      lines.add(Integer.toString(offset + i));
    }
    return """
    <figure><figcaption>%s</figcaption>
    <p class="key">%s</p>
    <div class="chart" data-lines="%s" data-of="%s" role="img" aria-label="%s"></div></figure>
    """
        .formatted(
            Html.escape(title),
            String.join("", key),
            String.join(",", lines),
            of,
            Html.escape(title));
  }

  /** Each side with its settings and what it ended with. */
  String list() {
    StringBuilder html = new StringBuilder("<div class=\"rules\">\n");
    for (int i = 0; i < result.contenders().size(); i++) {
      Result.Side side = result.contenders().get(i);
      html.append(
          "<article class=\"rule\"><h3>%s%s</h3>\n<p class=\"ran\"><code>%s</code></p>\n%s"
              .formatted(
                  Page.swatch(offset + i),
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
}
