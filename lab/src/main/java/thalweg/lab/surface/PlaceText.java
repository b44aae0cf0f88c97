package thalweg.lab.surface;

import java.util.List;
import java.util.stream.Collectors;
import thalweg.text.NumberText;

/** How a place is written: as it is typed, or its beginning where it has many numbers. */
public final class PlaceText {
  private static final int MOST = 10;
  private static final int BEGINNING = 4;

  private PlaceText() {}

  /**
   * Such as {@code -1.2,1}, or {@code 0,0,0,0,… (1000 numbers)}.
   *
   * @param comma what stands between two numbers
   */
  public static String of(List<Double> x, String comma) {
    String shown =
        x.stream()
            .limit(x.size() > MOST ? BEGINNING : MOST)
            .map(NumberText::of)
            .collect(Collectors.joining(comma));
    return x.size() > MOST ? "%s%s… (%d numbers)".formatted(shown, comma, x.size()) : shown;
  }
}
