package thalweg.lab.trace.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.page.Html;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;
import thalweg.lab.page.Three;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Walk;
import thalweg.text.NumberText;

/** Traces as one HTML file that needs nothing else. */
public final class TracePage {
  static final String OWN = "/thalweg/lab/trace/page/";

  private static final List<String> SCRIPTS =
      List.of(
          "/thalweg/lab/page/surface.js",
          "/thalweg/lab/page/surface-map.js",
          "/thalweg/lab/page/surface-3d.js",
          OWN + "player.js",
          OWN + "scene.js");

  private TracePage() {}

  /**
   * Writes the page of a trace, wholly or not at all.
   *
   * @param version of the library
   * @param command the command line that repeats it
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Trace trace, String version, String command) {
    SafeFile.write(file, html(trace, version, command).getBytes(StandardCharsets.UTF_8));
  }

  /** The whole page. */
  public static String html(Trace trace, String version, String command) {
    Shown shown = Shown.of(trace);
    return new Page(
            OWN + "trace",
            "trace",
            trace.request().surface().text(),
            lead(trace.request()),
            Map.of(
                "sections", Scenes.html(List.of(shown)),
                "maps", Html.script(Scenes.maps(List.of(shown))),
                "whole", Boolean.toString(shown.whole()),
                "optimizers", optimizers(trace.walks()),
                "command", Html.escape(command)),
            shown.json(),
            Looks.of(trace.walks().stream().map(Walk::canonical).toList()),
            "trace/1",
            version)
        .html(scripts());
  }

  private static String[] scripts() {
    List<String> scripts = new ArrayList<>(List.of(Three.script()));
    SCRIPTS.forEach(path -> scripts.add(Page.resource(path)));
    return scripts.toArray(String[]::new);
  }

  private static String lead(TraceRequest request) {
    int count = request.optimizers().size();
    String noise =
        request.noise() == 0
            ? ""
            : " Each update sees a gradient with noise of standard deviation %s in each component, the same for all (seed %d)."
                .formatted(NumberText.of(request.noise()), request.seed());
    return "%s from one start, (%s), %d steps%s, in double precision.%s"
        .formatted(
            count == 1 ? "One optimizer" : count + " optimizers",
            request.start().stream().map(NumberText::of).collect(Collectors.joining(", ")),
            request.steps(),
            count == 1 ? "" : " each",
            noise);
  }

  private static String optimizers(List<Walk> walks) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < walks.size(); i++) {
      html.append(
          "<article class=\"rule\"><h3>%s%s</h3><p class=\"ran\"><code>%s</code></p></article>\n"
              .formatted(
                  Page.swatch(i),
                  Html.escape(walks.get(i).label()),
                  Html.escape(walks.get(i).canonical())));
    }
    return html.toString();
  }
}
