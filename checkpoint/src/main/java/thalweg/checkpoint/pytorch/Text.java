package thalweg.checkpoint.pytorch;

/** Text from a file nobody has vouched for, fit to be shown. */
final class Text {
  private static final int LONGEST = 120;

  private Text() {}

  /** On one line, without control characters, not too long. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c ->
            shown.appendCodePoint(
                Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(c) == Character.SURROGATE
                    ? '\uFFFD'
                    : c));
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }
}
