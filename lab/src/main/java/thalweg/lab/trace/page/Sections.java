package thalweg.lab.trace.page;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thalweg.lab.Count;
import thalweg.lab.compare.Comparison;
import thalweg.lab.compare.OptimizerResult;
import thalweg.lab.compare.Settings;
import thalweg.lab.page.Html;
import thalweg.lab.page.Page;
import thalweg.lab.page.Three;
import thalweg.lab.schedule.Curve;
import thalweg.lab.schedule.Curves;
import thalweg.lab.surface.PlaceText;
import thalweg.lab.trace.Sweep;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.text.NumberText;

/** The sections of pages; the scripts of the same names fill them. */
final class Sections {
  private Sections() {}

  /** Traces, one at a time. */
  static String scene(List<Trace> traces, String note) {
    return Page.part(
        TracePage.OWN + "scene.html",
        Map.of(
            "tabs", traces.size() == 1 ? "" : tabs(traces),
            "tables",
                IntStream.range(0, traces.size())
                    .mapToObj(i -> StepTable.html(traces.get(i), i))
                    .collect(Collectors.joining()),
            "note", Html.escape(note),
            "three", Html.escape(Three.version())));
  }

  private static String tabs(List<Trace> traces) {
    StringBuilder html =
        new StringBuilder(
            "<div class=\"bar\"><div class=\"tabs\" role=\"group\" aria-label=\"surface\">");
    for (int i = 0; i < traces.size(); i++) {
      html.append(
          "<button type=\"button\" data-trace=\"%d\" aria-pressed=\"%b\">%s</button>"
              .formatted(i, i == 0, Html.escape(traces.get(i).request().surface().text())));
    }
    return html.append("</div></div>").toString();
  }

  /** The effect of a hyperparameter. */
  static String sweep(Sweep sweep) {
    TraceRequest request = sweep.request();
    List<Double> values = sweep.range().values();
    return Page.part(
        TracePage.OWN + "sweep.html",
        Map.of(
            "name", Html.escape(sweep.range().name()),
            "surface", Html.escape(request.surface().text()),
            "formula", Html.escape(request.surface().formula()),
            "note",
                Html.escape(
                    "Each of %s from %s to %s is a path of its own, of %s from (%s)."
                        .formatted(
                            Count.of(values.size(), "value"),
                            NumberText.of(values.getFirst()),
                            NumberText.of(values.getLast()),
                            Count.of(request.steps(), "step"),
                            PlaceText.of(request.start(), ", ")))));
  }

  /** Schedules as curves. */
  static String schedules(Curves curves, int firstLook) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < curves.list().size(); i++) {
      Curve curve = curves.list().get(i);
      key.append(
          "<span>%s%s</span>".formatted(Page.swatch(firstLook + i), Html.escape(curve.label())));
    }
    return Page.part(
        TracePage.OWN + "schedules.html",
        Map.of("key", key.toString(), "steps", Integer.toString(curves.steps())));
  }

  /** Training curves on networks. */
  static String networks(List<Comparison> networks, int firstLook) {
    StringBuilder html = new StringBuilder();
    for (int n = 0; n < networks.size(); n++) {
      Comparison network = networks.get(n);
      Settings settings = network.settings();
      StringBuilder key = new StringBuilder();
      for (int i = 0; i < network.optimizers().size(); i++) {
        OptimizerResult optimizer = network.optimizers().get(i);
        key.append(
            "<span>%s%s, lr %s</span>"
                .formatted(
                    Page.swatch(firstLook + i),
                    Html.escape(optimizer.id()),
                    NumberText.of(optimizer.rate())));
      }
      html.append(
          Page.part(
              TracePage.OWN + "network.html",
              Map.of(
                  "network", Integer.toString(n),
                  "title", Html.escape(settings.model()),
                  "data", Html.escape(network.data().name()),
                  "batch", Objects.toString(settings.batch()),
                  "epochs", Integer.toString(settings.epochs()),
                  "seeds", Integer.toString(settings.seeds().size()),
                  "rates", Integer.toString(settings.grid().size()),
                  "key", key.toString())));
    }
    return Page.part(TracePage.OWN + "networks.html", Map.of("networks", html.toString()));
  }

  /** Optimizers with their text forms. */
  static String optimizers(List<String> labels, List<String> specs) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      html.append(
          "<article class=\"rule\"><h3>%s%s</h3><p class=\"ran\"><code>%s</code></p></article>\n"
              .formatted(Page.swatch(i), Html.escape(labels.get(i)), Html.escape(specs.get(i))));
    }
    return html.toString();
  }
}
