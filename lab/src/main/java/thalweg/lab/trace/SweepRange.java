package thalweg.lab.trace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import thalweg.lab.BadInput;
import thalweg.lab.NumberInput;
import thalweg.text.NumberText;

/**
 * Values of a hyperparameter, spread evenly by ratios, both ends included: {@code lr=1e-4..10}, or
 * {@code lr=1e-4..10:21} for so many of them.
 *
 * @param name such as {@code lr}
 * @param values rising, each of three digits where that tells them apart; the ends as given
 */
public record SweepRange(String name, List<Double> values) {
  /** How many where nobody says. */
  public static final int USUAL = 41;

  /** The most that can be asked for. */
  public static final int MOST = 500;

  private static final int DIGITS = 3;

  /** A double has no more. */
  private static final int MOST_DIGITS = 17;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*(\\w+)\\s*=\\s*([^.:]\\S*?)\\s*\\.\\.\\s*([^:\\s]+)\\s*(?::\\s*(\\w+)\\s*)?");

  public SweepRange {
    values = List.copyOf(values);
  }

  /**
   * Reads the text form.
   *
   * @throws BadInput with one line
   */
  public static SweepRange parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || text.contains("...")) {
      throw new BadInput(
          "--sweep is a hyperparameter and its range, as lr=1e-4..10 or lr=1e-4..10:21, got '%s'"
              .formatted(text));
    }
    double low = number(parts.group(2), text);
    double high = number(parts.group(3), text);
    int count = parts.group(4) == null ? USUAL : count(parts.group(4), text);
    if (!(low > 0)) {
      throw new BadInput(
          "--sweep %s: steps by ratios begin above 0, got %s".formatted(text, NumberText.of(low)));
    }
    if (!(low < high)) {
      throw new BadInput(
          "--sweep %s: nothing lies between %s and %s; give the lower end first"
              .formatted(text, NumberText.of(low), NumberText.of(high)));
    }
    return new SweepRange(parts.group(1), values(low, high, count));
  }

  /** Three digits of each, or as many more as it takes for all of them to differ. */
  private static List<Double> values(double low, double high, int count) {
    List<Double> values = List.of();
    for (int digits = DIGITS; digits <= MOST_DIGITS; digits++) {
      int kept = digits;
      values =
          IntStream.range(0, count)
              .mapToObj(i -> value(low, high, (double) i / (count - 1), kept))
              .toList();
      if (values.stream().distinct().count() == count
          && values.equals(values.stream().sorted().toList())) {
        return values;
      }
    }
    return values.stream().distinct().sorted().toList();
  }

  private static double value(double low, double high, double share, int digits) {
    return share == 0 ? low : share == 1 ? high : Tuning.between(low, high, share, digits);
  }

  private static double number(String number, String text) {
    return NumberInput.finite(number)
        .orElseThrow(
            () -> new BadInput("--sweep %s: '%s' is no finite number".formatted(text, number)));
  }

  private static int count(String number, String text) {
    int count = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    if (count < 2 || count > MOST) {
      throw new BadInput("--sweep %s: from 2 to %d values, got %s".formatted(text, MOST, number));
    }
    return count;
  }
}
