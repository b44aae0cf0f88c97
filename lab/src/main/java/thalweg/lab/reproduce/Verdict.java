package thalweg.lab.reproduce;

/** What measurements say of a claim; only ever computed. */
public enum Verdict {
  /** The whole interval lies on the claimed side of the bound. */
  HOLDS("holds"),
  /** The whole interval lies on the other side. */
  DOES_NOT_HOLD("does not hold here"),
  /** The bound lies in the interval. */
  UNDECIDED("undecided");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** That of a claim whose measure lies in an interval. */
  public static Verdict of(Claim claim, Interval measured) {
    boolean above = measured.low() > claim.bound();
    boolean below = measured.high() < claim.bound();
    return switch (claim.side()) {
      case ABOVE -> above ? HOLDS : below ? DOES_NOT_HOLD : UNDECIDED;
      case BELOW -> below ? HOLDS : above ? DOES_NOT_HOLD : UNDECIDED;
    };
  }

  /** In words. */
  @Override
  public String toString() {
    return text;
  }
}
