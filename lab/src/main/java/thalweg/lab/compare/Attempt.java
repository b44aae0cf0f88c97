package thalweg.lab.compare;

/**
 * One run of a comparison.
 *
 * @param id the competitor's
 * @param rate its learning rate; NaN where it has none
 */
public record Attempt(String id, Purpose purpose, double rate, long seed) {
  /** What a run is for. */
  public enum Purpose {
    /** It is one of those whose rates are compared. */
    CHOOSING("choosing"),
    /** It is thrown away. */
    WARMING_UP("warming_up"),
    /** It is in the result. */
    REPORTED("reported");

    private final String text;

    Purpose(String text) {
      this.text = text;
    }

    /** In JSON. */
    public String text() {
      return text;
    }

    /**
     * Of the text.
     *
     * @throws IllegalArgumentException if there is none of it
     */
    static Purpose of(String text) {
      for (Purpose purpose : values()) {
        if (purpose.text.equals(text)) {
          return purpose;
        }
      }
      throw new IllegalArgumentException("no run of a comparison is for '%s'".formatted(text));
    }
  }

  /** For progress, as {@code adam, seed 2}. */
  String detail() {
    return id
        + switch (purpose) {
          case CHOOSING -> ", choosing lr";
          case WARMING_UP -> ", warming up";
          case REPORTED -> ", seed " + seed;
        };
  }
}
