package thalweg.lab.picture;

import java.util.List;

/** The lines where a surface has one height. */
public record Contour(double height, List<Polyline> lines) {
  public Contour {
    lines = List.copyOf(lines);
  }
}
