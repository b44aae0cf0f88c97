package thalweg.lab.page;

import java.util.List;

/**
 * How a line is drawn, wherever it is drawn. The colour comes first; dash and marker say the same
 * again, for those who see colours otherwise and where there are more lines than colours.
 *
 * @param light colour on light paper, as {@code #0a1b2c}
 * @param dark colour on dark paper
 * @param dash lengths of strokes and gaps in pixels; empty for an unbroken line
 * @param marker outline of the marker as an SVG path, in a square from 0 to 24
 */
public record Look(String light, String dark, List<Integer> dash, String marker) {
  public Look {
    dash = List.copyOf(dash);
  }

  /** This colour and marker with dash number {@code k} from 0, where a dash says something else. */
  public Look dashed(int k) {
    return new Look(light, dark, Hue.dash(k), marker);
  }
}
