package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * The colours of heights, from the lowest to the highest, evenly spaced on {@link HeightScale}: the
 * map cividis, which people see as even steps with every kind of colour vision, faded into the
 * paper so that paths stand out.
 *
 * <p>Cividis is from J. R. Nuñez, C. R. Anderton and R. S. Renslow, Optimizing colormaps with
 * consideration for color vision deficiency to enable accurate interpretation of scientific data,
 * PLoS ONE 13(7), 2018.
 */
public final class HeightColors {
  /** Cividis at 0, 1/16, ..., 1. */
  private static final List<Integer> CIVIDIS =
      List.of(
          0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78,
          0x8b8778, 0x9a9376, 0xaaa073, 0xbbad6d, 0xccba64, 0xddc858, 0xefd748, 0xfee838);

  private static final int WHITE = 0xffffff;
  private static final int NIGHT = 0x0c0f13;

  private HeightColors() {}

  /** On light paper, each as {@code #0a1b2c}. */
  public static List<String> light() {
    return faded(WHITE, 0.62);
  }

  /** On dark paper. */
  public static List<String> dark() {
    return faded(NIGHT, 0.6);
  }

  private static List<String> faded(int paper, double share) {
    List<String> colors = new ArrayList<>();
    for (int color : CIVIDIS) {
      int faded = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int from = color >> shift & 0xff;
        int to = paper >> shift & 0xff;
        faded |= (int) Math.round(from + share * (to - from)) << shift;
      }
      colors.add("#%06x".formatted(faded));
    }
    return colors;
  }
}
