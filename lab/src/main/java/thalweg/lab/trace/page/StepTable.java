package thalweg.lab.trace.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import thalweg.lab.page.Html;
import thalweg.lab.page.Page;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.Walk;
import thalweg.text.NumberText;

/**
 * The table of a trace: how soon each optimizer came close, where it ended, and, filled by the
 * page's script, what it had at the step that is looked at. Its columns sort.
 */
final class StepTable {
  private final Trace trace;
  private final Surface surface;
  private final int index;
  private final StringBuilder html = new StringBuilder();

  private StepTable(Trace trace, int index) {
    this.trace = trace;
    this.surface = trace.request().surface();
    this.index = index;
  }

  /**
   * The table and a note under it.
   *
   * @param index of the trace in its page
   */
  static String html(Trace trace, int index) {
    return new StepTable(trace, index).html();
  }

  private String html() {
    boolean tuned = !trace.tunings().isEmpty();
    html.append(
        "<div data-table=\"%d\"%s><table class=\"results\"><thead><tr>"
            .formatted(index, index == 0 ? "" : " hidden"));
    head("optimizer");
    if (tuned) {
      head("rate");
    }
    Targets.WITHIN.forEach(within -> head("to " + NumberText.of(within)));
    head("final loss");
    if (!surface.minima().isEmpty()) {
      head("final distance");
    }
    String now = "<br>at step <span data-step></span>";
    for (String name : List.of("loss", "gradient norm", "effective rate")) {
      head(name + now);
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < trace.walks().size(); i++) {
      row(i, tuned);
    }
    html.append("</tbody></table>\n<p class=\"note\">%s</p></div>\n".formatted(note()));
    return html.toString();
  }

  /** A column's head. */
  private void head(String inner) {
    html.append("<th scope=\"col\"><button type=\"button\">%s</button></th>".formatted(inner));
  }

  private void row(int i, boolean tuned) {
    Walk walk = trace.walks().get(i);
    html.append(
        "<tr data-walk=\"%d\"><th scope=\"row\" data-value=\"%d\">%s%s%s</th>"
            .formatted(
                i,
                i,
                Page.swatch(i),
                Html.escape(walk.label()),
                walk.stop() == null
                    ? ""
                    : "<span class=\"left\">%s</span>".formatted(walk.stop().words())));
    if (tuned) {
      number("rate", trace.tunings().get(i).rate());
    }
    List<OptionalInt> steps = Targets.of(surface, walk).steps();
    for (int k = 0; k < steps.size(); k++) {
      OptionalInt step = steps.get(k);
      String text = step.isPresent() ? Integer.toString(step.getAsInt()) : "";
      cell("to " + NumberText.of(Targets.WITHIN.get(k)), text, text.isEmpty() ? "–" : text);
    }
    number("final loss", walk.loss()[walk.steps()]);
    OptionalDouble distance = Targets.distance(surface, walk.x()[walk.steps()]);
    distance.ifPresent(value -> number("final distance", value));
    List<String> fields = new ArrayList<>(List.of("loss", "gradient_norm", "rate"));
    List<String> names = List.of("loss now", "gradient norm now", "effective rate now");
    for (int k = 0; k < fields.size(); k++) {
      html.append(
          "<td data-name=\"%s\" data-now=\"%s\"></td>".formatted(names.get(k), fields.get(k)));
    }
    html.append("</tr>\n");
  }

  private void number(String name, double value) {
    cell(name, Double.isNaN(value) ? "" : Double.toString(value), Page.figure(value));
  }

  /**
   * A cell.
   *
   * @param value what its column is sorted by, empty for none
   */
  private void cell(String name, String value, String text) {
    html.append("<td data-name=\"%s\" data-value=\"%s\">%s</td>".formatted(name, value, text));
  }

  private String note() {
    String note =
        surface.minima().isEmpty()
            ? "Steps until the gradient norm was at most so much; no minimum of this surface is on"
                + " record."
            : "Steps until the loss was at most so much above the minimum, %s. Distance: to the %sminimum."
                .formatted(
                    Page.figure(Targets.lowest(surface).orElseThrow()),
                    surface.minima().size() > 1 ? "nearest " : "");
    String tuned =
        trace.tunings().stream()
            .filter(tuning -> !tuning.trials().isEmpty())
            .findFirst()
            .map(tuning -> " Rate: " + tuning.method() + ".")
            .orElse("");
    StringBuilder notes = new StringBuilder(note + " –: never." + tuned);
    for (int i = 0; i < trace.tunings().size(); i++) {
      String label = trace.walks().get(i).label();
      trace
          .tunings()
          .get(i)
          .note(trace.request().seed())
          .ifPresent(more -> notes.append(" %s: %s.".formatted(label, more)));
    }
    return Html.escape(notes.toString());
  }
}
