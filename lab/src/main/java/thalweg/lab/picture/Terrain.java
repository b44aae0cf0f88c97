package thalweg.lab.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.page.Look;
import thalweg.lab.trace.Walk;

/** A panel of the surface: walks over it, its minima, and the start. */
interface Terrain extends Panel {
  Scene scene();

  /** Where a place is drawn; null where the surface is not defined. */
  double @Nullable [] seenAt(double[] place);

  /** Whether something lies before a place. */
  boolean hides(double[] place);

  /** Where the end of a walk is drawn; null where none of it is. */
  double @Nullable [] end(Route route);

  /** Adds the line of a walk. */
  void line(Layers layers, Look look, Walk walk, Route route, int step);

  @Override
  default List<Figure> until(int step) {
    Scene scene = scene();
    Ink ink = scene.ink();
    List<Walk> walks = scene.trace().walks();
    var layers = new Layers(ink);
    for (int i : scene.order()) {
      Walk walk = walks.get(i);
      Look look = scene.looks().get(i);
      Route route = scene.route(walk, step);
      line(layers, look, walk, route, step);
      double[] at = end(route);
      if (at != null) {
        layers.head(ink.head(look, at, Head.of(walk, route, step)));
      }
    }
    for (Scene.Low low : scene.lows()) {
      double[] at = seenAt(low.at());
      if (at != null) {
        layers.place(ink.minimum(at, low.global(), hides(low.at())));
      }
    }
    double[] start = seenAt(scene.start());
    if (start != null) {
      layers.place(ink.start(start));
    }
    return layers.figures();
  }
}
