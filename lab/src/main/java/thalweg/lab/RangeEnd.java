package thalweg.lab;

import java.util.Optional;

/** Where the best of some values lies, if there are not worse ones on both sides of it. */
public enum RangeEnd {
  LOWEST("lowest", "below"),
  HIGHEST("highest", "above"),
  ONLY("only", "beside");

  private final String word;
  private final String beyond;

  RangeEnd(String word, String beyond) {
    this.word = word;
    this.beyond = beyond;
  }

  /** Of the value at an index of those from 0 to {@code last}, in order; empty between the ends. */
  public static Optional<RangeEnd> of(int index, int last) {
    if (last == 0) {
      return Optional.of(ONLY);
    }
    return index == 0
        ? Optional.of(LOWEST)
        : index == last ? Optional.of(HIGHEST) : Optional.empty();
  }

  /**
   * What a reader should know.
   *
   * @param value the best, as it is written
   * @param what what it is one of, as "rate"
   */
  public String said(String value, String what) {
    return "%s is the %s %s that was tried; a better one may lie %s it"
        .formatted(value, word, what, beyond);
  }
}
