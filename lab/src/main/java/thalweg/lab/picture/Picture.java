package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.surface.Coordinates;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Walk;

/** A trace as a picture: title, panels beside one another, legend and what has to be known. */
final class Picture {
  private static final double MARGIN = 24;
  private static final double TOP = 86;
  private static final double HEIGHT = 440;
  private static final double SMALL = 12.5;
  private static final double LINE = 18;
  private static final double GAP = 18;

  private final Drawing ground;
  private final List<Panel> panels;
  private final Scene scene;

  private Picture(Drawing ground, List<Panel> panels, Scene scene) {
    this.ground = ground;
    this.panels = List.copyOf(panels);
    this.scene = scene;
  }

  /**
   * Lays out the panels.
   *
   * @param views at least one
   */
  static Picture of(Trace trace, List<View> views, Paper paper) {
    Scene scene = Scene.of(trace, paper);
    List<Panel> panels = new ArrayList<>();
    double left = MARGIN;
    for (View view : views) {
      left = add(panels, view, scene, left);
    }
    Legend legend = Legend.of(scene, left, TOP, HEIGHT);
    panels.add(legend);
    double width = left + legend.width() + MARGIN;
    String formula = "f = " + scene.surface().formula();
    // An expression is its own name.
    boolean named = !scene.surface().text().contains(scene.surface().formula());
    String title = named ? scene.surface().text() : formula;
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure.Text(
            TextWidth.shortened(title, 20, width - 2 * MARGIN),
            MARGIN,
            40,
            Figure.Letters.of(20, paper.ink()).inBold(),
            Figure.Anchor.START));
    if (named) {
      figures.add(
          new Figure.Text(
              TextWidth.shortened(formula, SMALL, width - 2 * MARGIN),
              MARGIN,
              63,
              Figure.Letters.of(SMALL, paper.soft()),
              Figure.Anchor.START));
    }
    panels.forEach(panel -> figures.addAll(panel.ground()));
    double below = TOP + HEIGHT + 66;
    String caption = caption(scene);
    for (String line : TextWidth.lines(caption, SMALL, width - 2 * MARGIN)) {
      figures.add(
          new Figure.Text(
              line, MARGIN, below, Figure.Letters.of(SMALL, paper.soft()), Figure.Anchor.START));
      below += LINE;
    }
    return new Picture(
        new Drawing(
            (int) Math.ceil(width),
            (int) Math.ceil(below - LINE + MARGIN),
            paper.paper(),
            title,
            "The ways of %s over %s. %s"
                .formatted(
                    String.join(", ", trace.walks().stream().map(Walk::label).toList()),
                    formula,
                    caption),
            figures),
        panels,
        scene);
  }

  private static double add(List<Panel> panels, View view, Scene scene, double left) {
    List<String> names = names(scene.surface());
    return switch (view) {
      case MAP -> {
        MapPanel map = MapPanel.of(scene, names, left, TOP, HEIGHT);
        panels.add(map);
        yield left + map.width() + GAP;
      }
      case SURFACE -> {
        panels.add(SurfacePanel.of(scene, names, left, TOP, HEIGHT));
        yield left + SurfacePanel.width(HEIGHT) + GAP;
      }
      case LOSS -> {
        LossPanel loss = LossPanel.of(scene, left, TOP, HEIGHT);
        panels.add(loss);
        yield left + loss.width() + GAP;
      }
    };
  }

  private static List<String> names(Surface surface) {
    int dimension = surface.dimension();
    return List.of(Coordinates.name(1, dimension), Coordinates.name(2, dimension));
  }

  private static String caption(Scene scene) {
    TraceRequest request = scene.trace().request();
    List<String> said = new ArrayList<>();
    said.add(
        "Start (%s), %d steps"
            .formatted(
                String.join(", ", request.start().stream().map(Numbers::text).toList()),
                request.steps()));
    if (request.noise() > 0) {
      said.add(
          "noise of deviation %s on every gradient, seed %d"
              .formatted(Numbers.text(request.noise()), request.seed()));
    }
    said.add("heights " + scene.scale().text());
    if (scene.surface().dimension() > 2) {
      said.add(
          "the surface is shown where its other coordinates are those of the "
              + (scene.surface().minima().isEmpty() ? "start" : "minimum"));
    }
    if (scene.grid().anyUndefined()) {
      said.add("blank where f is not defined");
    }
    return String.join("; ", said) + ".";
  }

  /** All steps at once. */
  Drawing still() {
    return ground.with(until(steps()));
  }

  /** What stays. */
  Drawing ground() {
    return ground;
  }

  /** What is there after so many steps. */
  List<Figure> until(int step) {
    return panels.stream().flatMap(panel -> panel.until(step).stream()).toList();
  }

  int steps() {
    return scene.trace().request().steps();
  }

  Paper paper() {
    return scene.paper();
  }

  /** What has to keep its colour: paper, marks and walks. */
  List<Colour> colours() {
    Paper paper = scene.paper();
    List<String> colours =
        new ArrayList<>(List.of(paper.paper(), paper.card(), paper.ink(), paper.soft()));
    scene.looks().stream().map(scene.ink()::colour).distinct().limit(100).forEach(colours::add);
    return colours.stream().map(Colour::of).toList();
  }
}
