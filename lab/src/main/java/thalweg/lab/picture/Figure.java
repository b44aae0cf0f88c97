package thalweg.lab.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing in a drawing; places and lengths in pixels, from the upper left corner. */
sealed interface Figure {
  /**
   * Lines, with what lies inside an odd number of them filled.
   *
   * @param fill a colour as {@code #0a1b2c}, or null for none
   * @param pen null for none
   * @param opacity from 0 to 1
   */
  record Path(List<Polyline> lines, @Nullable String fill, @Nullable Pen pen, double opacity)
      implements Figure {
    public Path {
      lines = List.copyOf(lines);
    }
  }

  /** What lines are drawn with; {@code dash} is lengths of strokes and gaps, empty for unbroken. */
  record Pen(String colour, double width, List<Integer> dash) {
    public Pen {
      dash = List.copyOf(dash);
    }

    static Pen of(String colour, double width) {
      return new Pen(colour, width, List.of());
    }
  }

  /** A line of text; x and y are where its base line starts, has its middle or ends. */
  record Text(String text, double x, double y, Letters letters, Anchor anchor) implements Figure {}

  /** How a text is written. {@code upwards} is turned a quarter to the left. */
  record Letters(double size, String colour, boolean bold, boolean upwards) {
    static Letters of(double size, String colour) {
      return new Letters(size, colour, false, false);
    }

    Letters inBold() {
      return new Letters(size, colour, true, upwards);
    }

    Letters turned() {
      return new Letters(size, colour, bold, true);
    }
  }

  /** Which part of a text is at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
