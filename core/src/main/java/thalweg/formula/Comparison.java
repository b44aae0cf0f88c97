package thalweg.formula;

/** What a selection asks; false whenever an operand is NaN. */
public enum Comparison {
  LESS("<"),
  LESS_OR_EQUAL("<="),
  EQUAL("=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  public boolean holds(double x, double y) {
    return switch (this) {
      case LESS -> x < y;
      case LESS_OR_EQUAL -> x <= y;
      case EQUAL -> x == y;
    };
  }
}
