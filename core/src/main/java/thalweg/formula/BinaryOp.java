package thalweg.formula;

/** What an operation with two operands does; the same for scalars and for elements. */
public enum BinaryOp {
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  /** The smaller; NaN if either is NaN; −0 below +0. */
  MIN("min"),
  /** The larger; NaN if either is NaN; −0 below +0. */
  MAX("max"),
  /** x to the power y. For elements, computed in double and rounded once. */
  POWER("^");

  private final String symbol;

  BinaryOp(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /** The operation in double: its definition. */
  public double apply(double x, double y) {
    return switch (this) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      // not StrictMath: that allocates until the JIT has seen it often, and runs once an update
      case POWER -> Math.pow(x, y);
    };
  }

  /** The operation in float32, rounded once. */
  public float apply(float x, float y) {
    return switch (this) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case POWER -> (float) StrictMath.pow(x, y);
    };
  }
}
