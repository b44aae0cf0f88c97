package thalweg.lab.schedule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.page.Html;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;
import thalweg.text.NumberText;

/** Curves as one HTML file that needs nothing else. */
public final class CurvesPage {
  private static final int MOST_POINTS = 20_000;

  private CurvesPage() {}

  /**
   * Writes the page, wholly or not at all.
   *
   * @param command the command line that repeats it
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Curves curves, String version, String command) {
    SafeFile.write(file, html(curves, version, command).getBytes(StandardCharsets.UTF_8));
  }

  /** The whole page. */
  public static String html(Curves curves, String version, String command) {
    int count = curves.list().size();
    String title = count == 1 ? curves.list().getFirst().label() : "%d schedules".formatted(count);
    String lead =
        "%d updates%s"
            .formatted(
                curves.steps(),
                curves.stepsPerEpoch() > 0
                    ? ", an epoch every " + curves.stepsPerEpoch() + "."
                    : ".");
    Curves shown = thinned(curves);
    String note =
        shown == curves
            ? "Every value is in this file."
            : "Every %d-th value is in this file; thalweg schedule --json has all."
                .formatted(Math.ceilDiv(curves.steps(), MOST_POINTS));
    return new Page(
            "/thalweg/lab/schedule/schedule",
            "schedules",
            title,
            lead,
            Map.of(
                "charts",
                charts(curves),
                "list",
                list(curves),
                "note",
                Html.escape(note),
                "command",
                Html.escape(command),
                "every",
                Integer.toString(shown == curves ? 1 : every(curves))),
            CurvesJson.of(shown),
            Looks.places(count),
            CurvesJson.FORMAT,
            version)
        .html();
  }

  private static int every(Curves curves) {
    return Math.ceilDiv(curves.steps(), MOST_POINTS);
  }

  /** What a browser can draw. */
  private static Curves thinned(Curves curves) {
    if (curves.steps() <= MOST_POINTS) {
      return curves;
    }
    int every = every(curves);
    List<double[]> values = new ArrayList<>();
    for (double[] all : curves.values()) {
      values.add(
          IntStream.range(0, Math.ceilDiv(all.length, every))
              .mapToDouble(i -> all[i * every])
              .toArray());
    }
    return new Curves(curves.steps(), curves.stepsPerEpoch(), curves.list(), values);
  }

  private static String charts(Curves curves) {
    StringBuilder html = new StringBuilder();
    for (String quantity : curves.quantities()) {
      String name = Html.escape(quantity);
      html.append("<figure><figcaption>%s</figcaption>".formatted(name))
          .append(
              "<div class=\"chart\" data-of=\"%s\" role=\"img\" aria-label=\"%s over the updates\">"
                  .formatted(name, name))
          .append("</div></figure>\n");
    }
    return html.toString();
  }

  private static String list(Curves curves) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < curves.list().size(); i++) {
      Curve curve = curves.list().get(i);
      double[] values = curves.values().get(i);
      html.append(
              "<article class=\"rule\"><h3>%s%s</h3>\n"
                  .formatted(Page.swatch(i), Html.escape(curve.label())))
          .append(
              "<p class=\"ran\"><code>%s</code></p>"
                  .formatted(Html.escape(curve.schedule().toString())))
          .append(
              Html.facts(
                  Map.of(
                      "first, last",
                      "%s, %s".formatted(text(values[0]), text(values[values.length - 1])))))
          .append("</article>\n");
    }
    return html.toString();
  }

  private static String text(double value) {
    return NumberText.of(value);
  }
}
