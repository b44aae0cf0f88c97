package thalweg.lab.trace.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import thalweg.lab.BadInput;
import thalweg.lab.Count;
import thalweg.lab.SafeFile;
import thalweg.lab.compare.OptimizerResult;
import thalweg.lab.page.Html;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;
import thalweg.lab.page.Page;
import thalweg.lab.page.Three;
import thalweg.lab.schedule.Curve;
import thalweg.lab.schedule.Curves;
import thalweg.lab.schedule.CurvesJson;
import thalweg.lab.surface.PlaceText;
import thalweg.lab.trace.Gallery;
import thalweg.lab.trace.Sweep;
import thalweg.lab.trace.Swept;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Walk;
import thalweg.text.NumberText;

/**
 * Traces, a sweep or a gallery as one HTML file that needs nothing else.
 *
 * @param version of the library
 * @param command the command line that repeats it
 */
public record TracePage(String version, String command) {
  static final String OWN = "/thalweg/lab/trace/page/";

  private static final List<String> SCRIPTS =
      List.of(
          "/thalweg/lab/page/surface.js",
          "/thalweg/lab/page/surface-map.js",
          "/thalweg/lab/page/surface-3d.js",
          OWN + "player.js",
          OWN + "scene.js",
          OWN + "sweep.js",
          OWN + "schedules.js",
          OWN + "networks.js");
  private static final String NOTE =
      "The effective rate is the length of a move over the norm of the gradient that it was made"
          + " from. A click into a chart goes to that step. ";

  /**
   * Writes a page, wholly or not at all.
   *
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, String html) {
    SafeFile.write(file, html.getBytes(StandardCharsets.UTF_8));
  }

  /** The page of a trace. */
  public String html(Trace trace) {
    TraceRequest request = trace.request();
    List<Walk> walks = trace.walks();
    List<String> canonical = walks.stream().map(Walk::canonical).toList();
    Thinned thinned = Thinned.of(walks.size(), request.steps());
    return page(
        request.surface().text(),
        lead(request),
        Sections.scene(List.of(trace), NOTE + thinned.note()),
        Sections.optimizers(walks.stream().map(Walk::label).toList(), canonical),
        new Numbers(
            "trace/1", thinned.json(trace), thinned.whole(), Maps.json(List.of(request)), "null"),
        Looks.of(canonical));
  }

  /** The page of a sweep. */
  public String html(Sweep sweep) {
    TraceRequest request = sweep.request();
    List<String> specs = sweep.optimizers().stream().map(Swept::spec).toList();
    Thinned thinned = Thinned.of(3 * specs.size(), request.steps());
    return page(
        "Effect of %s on %s".formatted(sweep.range().name(), request.surface().text()),
        lead(request),
        Sections.sweep(sweep),
        Sections.optimizers(sweep.optimizers().stream().map(Swept::label).toList(), specs),
        new Numbers(
            "sweep/1", thinned.json(sweep), thinned.whole(), Maps.json(List.of(request)), "null"),
        Looks.of(specs));
  }

  /** The page of a gallery: its traces, its sweep, the usual schedules, and its networks. */
  public String html(Gallery gallery) {
    TraceRequest first = gallery.traces().getFirst().request();
    List<Walk> walks = gallery.traces().getFirst().walks();
    List<String> specs = gallery.rates().optimizers().stream().map(Swept::spec).toList();
    Thinned thinned = Thinned.of(walks.size() * (gallery.traces().size() + 3), first.steps());
    Curves curves = schedules(first.steps());
    return page(
        "Gallery",
        "%s on %d surfaces, %s each; every one has the learning rate, of many tried, that suits it best on the surface. Then the effect of the rate, schedules, and two optimizers on networks."
            .formatted(
                Count.of(walks.size(), "optimizer"),
                gallery.traces().size(),
                Count.of(first.steps(), "step")),
        Sections.scene(gallery.traces(), NOTE + thinned.note())
            + Sections.sweep(gallery.rates())
            + Sections.schedules(curves, specs.size())
            + Sections.networks(gallery.networks(), specs.size() + curves.list().size()),
        Sections.optimizers(walks.stream().map(Walk::label).toList(), specs),
        new Numbers(
            "gallery/1",
            thinned.json(gallery),
            thinned.whole(),
            Maps.json(
                Stream.concat(
                        gallery.traces().stream().map(Trace::request),
                        Stream.of(gallery.rates().request()))
                    .toList()),
            CurvesJson.of(curves)),
        Stream.of(Looks.of(specs), Looks.places(curves.list().size()), networkLooks(gallery))
            .flatMap(List::stream)
            .toList());
  }

  /** What the scripts draw from. */
  private record Numbers(
      String format, String json, boolean whole, String maps, String schedules) {}

  private String page(
      String title,
      String lead,
      String sections,
      String optimizers,
      Numbers numbers,
      List<Look> looks) {
    List<String> scripts = new ArrayList<>(List.of(Three.script()));
    SCRIPTS.forEach(path -> scripts.add(Page.resource(path)));
    return new Page(
            OWN + "trace",
            "trace",
            title,
            lead,
            Map.of(
                "sections", sections,
                "optimizers", optimizers,
                "command", Html.escape(command),
                "whole", Boolean.toString(numbers.whole),
                "maps", Html.script(numbers.maps),
                "schedules", Html.script(numbers.schedules)),
            numbers.json,
            looks,
            numbers.format,
            version)
        .html(scripts.toArray(String[]::new));
  }

  private static String lead(TraceRequest request) {
    int count = request.optimizers().size();
    String noise =
        request.noise() == 0
            ? ""
            : " Each update sees a gradient with noise of standard deviation %s in each component, the same for all (seed %d)."
                .formatted(NumberText.of(request.noise()), request.seed());
    return "%s from one start, (%s), %s%s, in double precision.%s"
        .formatted(
            count == 1 ? "One optimizer" : count + " optimizers",
            PlaceText.of(request.start(), ", "),
            Count.of(request.steps(), "step"),
            count == 1 ? "" : " each",
            noise);
  }

  private static List<Look> networkLooks(Gallery gallery) {
    return Looks.of(
        gallery.networks().getFirst().optimizers().stream()
            .map(OptimizerResult::canonical)
            .toList());
  }

  /** The usual schedules over as many updates. */
  private static Curves schedules(int steps) {
    int tenth = Math.max(1, steps / 10);
    int rest = Math.max(1, steps - tenth);
    List<Curve> curves =
        Stream.of(
                "step(base=0.1, step_size=%d, gamma=0.3)".formatted(Math.max(1, steps / 4)),
                "exponential(base=0.1, gamma=%s)"
                    .formatted(NumberText.of(1 - 3.0 / Math.max(4, steps))),
                "polynomial(base=0.1, total_iters=%d, power=2)".formatted(steps),
                "cosine_annealing(base=0.1, T_max=%d)".formatted(steps),
                "cosine_annealing_warm_restarts(base=0.1, T_0=%d)"
                    .formatted(Math.max(1, steps / 4)),
                "one_cycle(max_lr=0.1, total_steps=%d)".formatted(steps),
                "warmup(base=0.1, steps=%d).then(cosine_annealing(T_max=%d))"
                    .formatted(tenth, rest),
                "cyclic(base_lr=0.01, max_lr=0.1, step_size_up=%d)".formatted(tenth))
            .flatMap(spec -> Curve.of(spec).stream())
            .toList();
    return Curves.of(curves, steps, 0);
  }
}
