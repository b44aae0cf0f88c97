package thalweg.lab.memory;

import java.util.Locale;

/** Bytes for people, in binary units. */
public final class Bytes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Bytes() {}

  /** Such as {@code 12 B}, {@code 1.50 KiB}, {@code 13.97 GiB}: 1 KiB is 1024 B. */
  public static String text(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 1023.995 && unit < UNITS.length - 1) { // 1023.995 would be written 1024.00
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " " + UNITS[0]
        : String.format(Locale.ROOT, "%.2f %s", value, UNITS[unit]);
  }

  /** Bytes a parameter, to four significant digits and without zeros at the end. */
  static String each(long bytes, long parameters) {
    double each = (double) bytes / parameters;
    int decimals = each >= 1000 ? 0 : each >= 100 ? 1 : each >= 10 ? 2 : 4;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", each);
    String plain = text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    return plain.equals("0") && bytes > 0 ? "<0.0001" : plain;
  }
}
