package thalweg.lab.picture;

import java.util.List;

/**
 * What a picture is drawn on: the colours of the pages.
 *
 * @param paper behind all
 * @param card behind a legend or where a surface is not defined
 * @param ink of titles and marks
 * @param soft of numbers and remarks
 * @param line of frames
 * @param grid of lines behind curves
 * @param heights as {@link HeightColors} has them
 */
public record Paper(
    String paper,
    String card,
    String ink,
    String soft,
    String line,
    String grid,
    List<String> heights,
    boolean dark) {
  /** Ink on white. */
  public static final Paper LIGHT =
      new Paper(
          "#fbfbf9",
          "#ffffff",
          "#1d2126",
          "#5b636d",
          "#dcdfe3",
          "#e8eaed",
          HeightColors.light(),
          false);

  /** The reverse. */
  public static final Paper DARK =
      new Paper(
          "#14171a",
          "#1b1f24",
          "#e6e8ea",
          "#a2abb5",
          "#343a41",
          "#2a3037",
          HeightColors.dark(),
          true);

  public Paper {
    heights = List.copyOf(heights);
  }

  /** The colour of a height's share of its {@link HeightScale}. */
  public String height(double share) {
    return Colour.between(heights, share).hex();
  }

  /** The colour of a contour line at that share: a little of the ink. */
  public String contour(double share) {
    return Colour.between(heights, share).mixed(Colour.of(ink), dark ? 0.16 : 0.22).hex();
  }
}
