package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be drawn, in order: the one description from which {@link Svg} and {@link Raster}
 * write.
 *
 * @param width in pixels
 * @param height in pixels
 * @param paper the colour behind all
 * @param title what it is called where it cannot be seen
 * @param about what it shows, for those who cannot see it
 */
record Drawing(
    int width, int height, String paper, String title, String about, List<Figure> figures) {
  Drawing {
    figures = List.copyOf(figures);
  }

  /** The same with more on top. */
  Drawing with(List<Figure> more) {
    List<Figure> all = new ArrayList<>(figures);
    all.addAll(more);
    return new Drawing(width, height, paper, title, about, all);
  }
}
