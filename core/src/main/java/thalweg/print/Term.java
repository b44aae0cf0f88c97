package thalweg.print;

/**
 * A printed piece of mathematics, and how tightly it holds together.
 *
 * @param level what is outermost in it: decides about parentheses
 */
record Term(String text, Level level) {
  /** From loosest to tightest. */
  enum Level {
    CHOICE,
    SUM,
    QUOTIENT,
    PRODUCT,
    POWER,
    ATOM
  }

  boolean isBelow(Level other) {
    return level.compareTo(other) < 0;
  }

  static Term atom(String text) {
    return new Term(text, Level.ATOM);
  }
}
