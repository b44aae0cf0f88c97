package thalweg.lab.trace.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.lab.page.Html;
import thalweg.lab.page.Page;
import thalweg.lab.page.Three;
import thalweg.lab.picture.MapJson;
import thalweg.lab.picture.SurfaceGrid;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;

/** The section of a page that shows traces, one at a time. */
final class Scenes {
  /** Nodes a side: a cell is three pixels of the map. */
  private static final int NODES = 181;

  private static final int LEVELS = 17;

  private Scenes() {}

  static String html(List<Shown> traces) {
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      tables.add(StepTable.html(traces.get(i).trace(), i));
    }
    return Page.part(
        TracePage.OWN + "scene.html",
        Map.of(
            "tabs", traces.size() == 1 ? "" : tabs(traces),
            "tables", String.join("", tables),
            "note", note(traces),
            "three", Html.escape(Three.version())));
  }

  private static String tabs(List<Shown> traces) {
    StringBuilder html =
        new StringBuilder("<div class=\"switch tabs\" role=\"group\" aria-label=\"surface\">");
    for (int i = 0; i < traces.size(); i++) {
      html.append(
          "<button type=\"button\" data-trace=\"%d\" aria-pressed=\"%b\">%s</button>"
              .formatted(i, i == 0, Html.escape(traces.get(i).trace().request().surface().text())));
    }
    return html.append("</div>").toString();
  }

  private static String note(List<Shown> traces) {
    int every = traces.stream().mapToInt(Shown::every).max().orElse(1);
    return "The effective rate is the length of a move over the norm of the gradient that it was"
        + " made from. A click into a chart goes to that step. "
        + (every == 1
            ? "Every step is in this file."
            : "Every %d-th step is in this file; thalweg trace --json has all.".formatted(every));
  }

  /** The maps of the traces' surfaces, for the script; null for one of a single number. */
  static String maps(List<Shown> traces) {
    return traces.stream()
        .map(shown -> map(shown.trace()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String map(Trace trace) {
    TraceRequest request = trace.request();
    return request.surface().dimension() < 2
        ? "null"
        : MapJson.of(SurfaceGrid.of(request.surface(), request.start(), NODES), LEVELS);
  }
}
