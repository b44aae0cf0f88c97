package thalweg.formula;

/** What an operation with one operand does; the same for scalars and for elements. */
public enum UnaryOp {
  NEGATE("-"),
  SQRT("sqrt"),
  ABS("abs"),
  /** −1, ±0 or 1; NaN stays NaN. */
  SIGN("sign");

  private final String symbol;

  UnaryOp(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /** The operation in double: its definition. */
  public double apply(double x) {
    return switch (this) {
      case NEGATE -> -x;
      case SQRT -> Math.sqrt(x);
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
    };
  }

  /** The operation in float32, rounded once. */
  public float apply(float x) {
    return switch (this) {
      case NEGATE -> -x;
      case SQRT -> (float) Math.sqrt(x);
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
    };
  }
}
