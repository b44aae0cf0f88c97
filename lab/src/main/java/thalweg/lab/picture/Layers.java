package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;

/** What walks add to a panel, in the order of drawing: lines, places, and on top where each is. */
final class Layers {
  private final List<Figure> edges = new ArrayList<>();
  private final List<Figure> lines = new ArrayList<>();
  private final List<Figure> places = new ArrayList<>();
  private final List<Figure> heads = new ArrayList<>();
  private final boolean crowded;

  /** Of a crowd of walks, what sets lines off goes below all of them. */
  Layers(Ink ink) {
    crowded = ink.crowded();
  }

  /** A walk's line and what sets it off. */
  void line(Figure edge, Figure line) {
    (crowded ? edges : lines).add(edge);
    lines.add(line);
  }

  /** More of the walk at hand. */
  void more(Figure figure) {
    lines.add(figure);
  }

  void place(List<Figure> figures) {
    places.addAll(figures);
  }

  void head(List<Figure> figures) {
    heads.addAll(figures);
  }

  List<Figure> figures() {
    List<Figure> all = new ArrayList<>(edges);
    all.addAll(lines);
    all.addAll(places);
    all.addAll(heads);
    return all;
  }
}
