package thalweg.lab.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.lab.page.Html;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;
import thalweg.lab.page.SurfaceScripts;
import thalweg.lab.page.Three;
import thalweg.lab.serve.http.Assets;
import thalweg.lab.serve.http.Call;
import thalweg.lab.serve.http.Guard;
import thalweg.lab.serve.http.Site;

/** The server's three pages, which ask for all they show, and the files they are made of. */
final class Pages {
  private static final String OWN = "/thalweg/lab/serve/";
  private static final String SHARED = "/thalweg/lab/page/";

  /** Lines that are no optimizers. */
  private static final int PLACES = 8;

  private final Guard guard;
  private final ServeSettings settings;
  private final Known known;

  /** What says why there is no run of a name. */
  interface Known {
    Optional<String> whyNot(String run);
  }

  Pages(Guard guard, ServeSettings settings, Known known) {
    this.guard = guard;
    this.settings = settings;
    this.known = known;
  }

  static Assets assets() {
    return new Assets()
        .add("/assets/page.css", SHARED + "page.css", OWN + "live.css")
        .add("/assets/echarts.js", Page.echartsPath())
        .add("/assets/page.js", SHARED + "page.js", SHARED + "chart.js", OWN + "live.js")
        .add("/assets/three.js", List.of(Three.script()))
        .add("/assets/surface.js", List.of(SurfaceScripts.script()))
        .add(
            "/assets/play.js",
            OWN + "play-state.js",
            OWN + "play-sliders.js",
            OWN + "play-charts.js",
            OWN + "play-screen.js",
            OWN + "play-ask.js",
            OWN + "play-cards.js",
            OWN + "play.js")
        .add("/assets/runs.js", OWN + "runs.js")
        .add("/assets/missing.js", OWN + "missing.js")
        .add("/assets/run.js", OWN + "run-lines.js", OWN + "series.js", OWN + "run.js");
  }

  void addTo(Site site) {
    String play = page("play", "Playground", "play", "three", "surface");
    String runs = page("runs", "Runs", "runs");
    String run = page("run", "Run", "runs");
    site.on("GET", "/", (call, _) -> call.html(play))
        .on("GET", "/play", (call, _) -> call.html(play))
        .on("GET", "/runs", (call, _) -> call.html(runs))
        .on("GET", "/runs/*", (call, names) -> run(call, names.getFirst(), run));
  }

  private void run(Call call, String name, String page) throws IOException {
    Optional<String> why = known.whyNot(name);
    if (why.isEmpty()) {
      call.html(page);
      return;
    }
    String missing = Page.part(OWN + "missing.html", Map.of("why", Html.escape(why.get())));
    call.html(404, frame("No such run", "runs", missing, List.of("echarts", "page", "missing")));
  }

  /**
   * A page in the frame.
   *
   * @param name of its content and of its script
   * @param here which of the links at the top is the page's own
   * @param more libraries that its script needs
   */
  private String page(String name, String title, String here, String... more) {
    List<String> scripts = new ArrayList<>(List.of("echarts", "page"));
    scripts.addAll(List.of(more));
    scripts.add(name);
    return frame(title, here, Page.resource(OWN + name + ".html"), scripts);
  }

  private String frame(String title, String here, String main, List<String> scripts) {
    return Page.part(
        OWN + "live.html",
        Map.of(
            "title",
            Html.escape(title),
            "token",
            guard.token(),
            "play_here",
            here.equals("play") ? "page" : "false",
            "runs_here",
            here.equals("runs") ? "page" : "false",
            "main",
            main,
            "looks",
            Html.script(Page.text(Looks.places(PLACES))),
            "scripts",
            scripts(scripts),
            "version",
            Html.escape(settings.version())));
  }

  private static String scripts(List<String> names) {
    StringBuilder html = new StringBuilder();
    for (String name : names) {
      html.append("<script src=\"/assets/%s.js\" defer></script>\n".formatted(name));
    }
    return html.toString();
  }
}
