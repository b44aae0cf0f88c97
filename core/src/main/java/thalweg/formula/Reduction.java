package thalweg.formula;

/** How many numbers become one. Norm and mean are built from these. */
public enum Reduction {
  SUM(0),
  /** The largest; NaN if any is NaN; −∞ of nothing. */
  MAX(Double.NEGATIVE_INFINITY);

  private final double identity;

  Reduction(double identity) {
    this.identity = identity;
  }

  /** The reduction of no numbers. */
  public double identity() {
    return identity;
  }

  /** Combines two partial results. */
  public double combine(double x, double y) {
    return switch (this) {
      case SUM -> x + y;
      case MAX -> Math.max(x, y);
    };
  }

  /** Combines two partial results in float32. */
  public float combine(float x, float y) {
    return switch (this) {
      case SUM -> x + y;
      case MAX -> Math.max(x, y);
    };
  }
}
