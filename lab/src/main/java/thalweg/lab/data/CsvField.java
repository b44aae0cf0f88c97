package thalweg.lab.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How the text of one CSV field is understood. */
final class CsvField {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+([.]\\d*)?|[.]\\d+)([eE][+-]?\\d+)?");

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(inf(inity)?|∞|1[.]#(inf|ind|qnan))|[+-]nan", Pattern.CASE_INSENSITIVE);

  private CsvField() {}

  /** Empty, NA, N/A, NaN, null or ?, in small or capital letters. */
  static boolean missing(String field) {
    return field.length() <= 4 && MISSING.contains(field.toLowerCase(Locale.ROOT));
  }

  /** A decimal number with a point: digits, sign and exponent only. */
  static boolean isNumber(String field) {
    return NUMBER.matcher(field).matches();
  }

  /** Whether it is one when a comma stands for the point, as in {@code 1,5}. */
  static boolean isCommaNumber(String field) {
    return field.indexOf('.') < 0 && isNumber(field.replace(',', '.'));
  }

  /** How programs write what is no finite number: inf, -Infinity, -nan, 1.#INF. */
  static boolean isNotFinite(String field) {
    return NOT_FINITE.matcher(field).matches();
  }

  /** The number, with either spelling; NaN for a missing one. */
  static double number(String field) {
    return missing(field) ? Double.NaN : Double.parseDouble(field.replace(',', '.'));
  }
}
