package thalweg.lab.surface;

import java.util.Map;
import thalweg.lab.BadInput;

/** Takes numbers, words and marks off the text of an expression, and says where something is. */
final class ExpressionScanner {
  private static final int SHOWN = 100;

  /** What people paste, and how it is written here. */
  private static final Map<Character, String> INSTEAD =
      Map.of(
          '²', "^2", '³', "^3", '·', "*", '×', "*", '÷', "/", '−', "-", 'π', "pi", '√', "sqrt(x)",
          '|', "abs(x)", '[', "(");

  private final String text;
  private int next;

  ExpressionScanner(String text) {
    this.text = text;
  }

  /** Where the next mark is, from 0. */
  int place() {
    peek();
    return next;
  }

  /** Goes on, or back, from a place. */
  void moveTo(int place) {
    next = place;
  }

  /** The next mark that is no space, 0 at the end. */
  char peek() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return mark();
  }

  boolean accept(char mark) {
    if (peek() != mark) {
      return false;
    }
    next++;
    return true;
  }

  boolean isAtNumber() {
    return isDigit(peek()) || mark() == '.';
  }

  boolean isAtWord() {
    return isLetter(peek());
  }

  /** Such as {@code 2}, {@code .5}, {@code 1e-3}. */
  double number() {
    int start = place();
    digits();
    if (mark() == '.') {
      next++;
      digits();
    }
    int end = next;
    if (mark() == 'e' || mark() == 'E') {
      next++;
      if (mark() == '-' || mark() == '+') {
        next++;
      }
      int power = next;
      digits();
      if (next == power) {
        next = end; // the e is no part of it
      }
    }
    String number = text.substring(start, next);
    if (number.equals(".")) {
      throw error(start, "'.' is not a number; write 0.5");
    }
    return Double.parseDouble(number);
  }

  /** Letters, digits and underscores. */
  String word() {
    int start = place();
    while (isLetter(mark()) || isDigit(mark()) || mark() == '_') {
      next++;
    }
    return text.substring(start, next);
  }

  void close(int open, char mark) {
    if (!accept(mark)) {
      throw missing(open, "an operator or '" + mark + "'");
    }
  }

  void comma(int open) {
    if (!accept(',')) {
      throw missing(open, "','");
    }
  }

  private BadInput missing(int open, String expected) {
    return peek() == 0
        ? error(next, "'%c' at character %d is not closed", text.charAt(open), open + 1)
        : unexpected(expected);
  }

  /** Something else stands here. */
  BadInput unexpected(String expected) {
    char found = peek();
    if (found == 0) {
      return error(next, "expected %s, got the end", expected);
    }
    String instead = INSTEAD.get(found);
    return error(
        next,
        "expected %s, got '%s'%s",
        expected,
        rest(),
        instead == null ? "" : "; write " + instead);
  }

  BadInput error(int place, String message, Object... arguments) {
    int begin = Math.max(0, Math.min(place - SHOWN / 2, text.length() - SHOWN));
    int end = Math.min(text.length(), begin + SHOWN);
    return new BadInput(
        "expression '%s%s%s', character %d: %s"
            .formatted(
                begin > 0 ? "…" : "",
                text.substring(begin, end).replaceAll("\\s", " "),
                end < text.length() ? "…" : "",
                place + 1,
                message.formatted(arguments)));
  }

  /** The word or mark that stands here, for messages. */
  String rest() {
    int start = place();
    String word = word();
    next = start;
    return word.isEmpty() ? text.substring(start, text.offsetByCodePoints(start, 1)) : word;
  }

  private void digits() {
    while (isDigit(mark())) {
      next++;
    }
  }

  private char mark() {
    return next < text.length() ? text.charAt(next) : 0;
  }

  private static boolean isDigit(char mark) {
    return mark >= '0' && mark <= '9';
  }

  private static boolean isLetter(char mark) {
    return mark >= 'a' && mark <= 'z' || mark >= 'A' && mark <= 'Z';
  }
}
