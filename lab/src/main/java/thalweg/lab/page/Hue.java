package thalweg.lab.page;

import java.util.List;

/**
 * A colour in shades, each with a dash and a marker of its own: all that one family of lines is
 * drawn with.
 *
 * <p>The eight were chosen so that any two differ by at least 24 in CIE Lab, on light and on dark
 * paper, to the full colour vision and, simulated after Machado, Oliveira and Fernandes (A
 * Physiologically-based Model for Simulation of Color Vision Deficiency, 2009), without red or
 * without green; by at least 20 without blue.
 */
enum Hue {
  BLUE("#175898", "#588bfb"),
  VERMILLION("#bb4516", "#ec652f"),
  GREEN("#00b860", "#19e381"),
  PINK("#da6fa3", "#d881b1"),
  AMBER("#cda101", "#ffd532"),
  SKY("#598dfa", "#9dd9ff"),
  INK("#311027", "#fffee4"),
  BROWN("#723e3b", "#99836c");

  /** Looks in a hue before they begin again. */
  static final int TURNS = 15;

  private static final List<List<Integer>> DASHES =
      List.of(List.of(), List.of(7, 4), List.of(2, 3), List.of(10, 3, 2, 3), List.of(4, 6));
  private static final List<String> MARKERS =
      List.of(
          "M12 2A10 10 0 1 0 12 22A10 10 0 1 0 12 2Z",
          "M3 3H21V21H3Z",
          "M12 1L23 21H1Z",
          "M12 0L24 12L12 24L0 12Z",
          "M1 3H23L12 23Z",
          "M9 1H15V9H23V15H15V23H9V15H1V9H9Z",
          "M12 0L15 8.5H24L17 14L19.5 23L12 17.7L4.5 23L7 14L0 8.5H9Z",
          "M6 2H18L24 12L18 22H6L0 12Z",
          "M1 12L21 1V23Z",
          "M23 12L3 1V23Z");

  private final String light;
  private final String dark;

  Hue(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /** Its look number {@code turn} from 0: the plain colour first. */
  Look look(int turn) {
    return new Look(
        shade(light, turn % 3, "#ffffff", "#000000"),
        shade(dark, turn % 3, "#000000", "#ffffff"),
        dash(turn),
        MARKERS.get((ordinal() + turn) % MARKERS.size()));
  }

  /** The first is unbroken. */
  static List<Integer> dash(int k) {
    return DASHES.get(k % DASHES.size());
  }

  /** A colour far from the paper goes towards it, one near it away from it. */
  private static String shade(String colour, int shade, String paper, String ink) {
    if (shade == 0) {
      return colour;
    }
    boolean far = Math.abs(brightness(colour) - brightness(paper)) > 160;
    return mixed(colour, far ? paper : ink, shade == 1 ? 0.25 : 0.45);
  }

  private static double brightness(String colour) {
    return 0.2126 * part(colour, 0) + 0.7152 * part(colour, 1) + 0.0722 * part(colour, 2);
  }

  private static String mixed(String colour, String other, double share) {
    StringBuilder text = new StringBuilder("#");
    for (int i = 0; i < 3; i++) {
      text.append(
          "%02x".formatted(Math.round((1 - share) * part(colour, i) + share * part(other, i))));
    }
    return text.toString();
  }

  /** Red, green or blue, from 0 to 255. */
  private static int part(String colour, int i) {
    return Integer.parseInt(colour, 1 + 2 * i, 3 + 2 * i, 16);
  }
}
