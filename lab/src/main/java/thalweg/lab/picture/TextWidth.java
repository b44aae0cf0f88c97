package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide a text is about, without asking a font: an SVG file does not know which font will show
 * it. Wide enough for the widest usual one, DejaVu Sans.
 */
final class TextWidth {
  private static final String NARROW = "fijlrtI.,:;'|!()[] ";
  private static final String WIDE = "mwMWQ@%∞→";

  private TextWidth() {}

  /** In pixels. */
  static double of(String text, double size) {
    return size
        * text.chars()
            .mapToDouble(c -> NARROW.indexOf(c) >= 0 ? 0.4 : WIDE.indexOf(c) >= 0 ? 0.95 : 0.64)
            .sum();
  }

  /** The text, its middle left out where it is wider than {@code most} pixels. */
  static String shortened(String text, double size, double most) {
    if (of(text, size) <= most) {
      return text;
    }
    int kept = text.length() - 1;
    String shorter = text;
    while (kept > 2 && of(shorter, size) > most) {
      kept--;
      int end = kept / 3;
      shorter = text.substring(0, kept - end) + "…" + text.substring(text.length() - end);
    }
    return shorter;
  }

  /** The text in lines, broken at blanks, each narrower than {@code most} pixels if it can be. */
  static List<String> lines(String text, double size, double most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && of(line + " " + word, size) > most) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
