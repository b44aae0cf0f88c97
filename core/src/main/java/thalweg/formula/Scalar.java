package thalweg.formula;

/** One number an update. Computed in double on the host; rounded once where elements meet it. */
public sealed interface Scalar extends Expr {
  /** A number that is part of the formula. */
  record Constant(double value) implements Scalar {}

  /**
   * A hyperparameter: an argument of the step, changed without recompiling.
   *
   * @param scope the rule or transformation it belongs to, such as {@code adamw}
   * @param name its name there, such as {@code weight_decay}
   * @param value what it is at the start
   */
  record Hyper(String scope, String name, double value) implements Scalar {}

  /** The number of this update of this parameter: 1 at the first. */
  record Time() implements Scalar {}

  /** The number of elements in a scope. */
  record Elements(Scope scope) implements Scalar {}

  /** The number of elements that share one number of an extent: the length of a row, … */
  record Shared(Extent extent) implements Scalar {}

  /** The number of axes of the tensor: 0 for a single number, 1 for a bias, 2 for a matrix. */
  record Rank() implements Scalar {}

  /** A remembered number before this update. */
  record Old(ScalarState state) implements Scalar {}

  record Unary(UnaryOp op, Scalar x) implements Scalar {}

  record Binary(BinaryOp op, Scalar x, Scalar y) implements Scalar {}

  record Select(Comparison comparison, Scalar x, Scalar y, Scalar then, Scalar otherwise)
      implements Scalar {}

  /** A reduction of a tensor, in the order {@code docs/numerics.md} fixes. */
  record Reduce(Reduction kind, Scope scope, Tensor of) implements Scalar {}

  /** The value of an earlier line. */
  record Ref(Assignment line) implements Scalar {}

  /** 2²⁹ + 1, which parts the 53 bits of a double into 24 and 29. */
  Constant SPLITTER = new Constant(0x1p29 + 1);

  Scalar ZERO = of(0);
  Scalar ONE = of(1);

  static Scalar of(double value) {
    return new Constant(value);
  }

  default Scalar plus(Scalar y) {
    return new Binary(BinaryOp.ADD, this, y);
  }

  default Scalar minus(Scalar y) {
    return new Binary(BinaryOp.SUBTRACT, this, y);
  }

  default Scalar times(Scalar y) {
    return new Binary(BinaryOp.MULTIPLY, this, y);
  }

  default Scalar over(Scalar y) {
    return new Binary(BinaryOp.DIVIDE, this, y);
  }

  default Scalar pow(Scalar exponent) {
    return new Binary(BinaryOp.POWER, this, exponent);
  }

  default Scalar min(Scalar y) {
    return new Binary(BinaryOp.MIN, this, y);
  }

  default Scalar max(Scalar y) {
    return new Binary(BinaryOp.MAX, this, y);
  }

  default Scalar sqrt() {
    return new Unary(UnaryOp.SQRT, this);
  }

  default Scalar abs() {
    return new Unary(UnaryOp.ABS, this);
  }

  default Scalar negate() {
    return new Unary(UnaryOp.NEGATE, this);
  }

  /**
   * The nearest number of 24 bits, for host and elements to mean the same one: {@code c − (c − x)}
   * with {@code c = (2²⁹ + 1) x} (Veltkamp's splitting). It is a float32 down to 2⁻¹²⁶.
   */
  default Scalar float32() {
    Scalar c = times(SPLITTER);
    return c.minus(c.minus(this));
  }

  /** 1 where {@code this comparison y} holds, else 0. */
  default Scalar is(Comparison comparison, Scalar y) {
    return choose(comparison, y, ONE, ZERO);
  }

  /** {@code then} where this is not 0, else {@code otherwise}. */
  default Scalar choose(Scalar then, Scalar otherwise) {
    return choose(Comparison.EQUAL, ZERO, otherwise, then);
  }

  /** {@code then} where this is not 0, else {@code otherwise}; the same for every element. */
  default Tensor choose(Tensor then, Tensor otherwise) {
    return Tensor.of(this).choose(Comparison.EQUAL, Tensor.of(ZERO), otherwise, then);
  }

  /** {@code then} where {@code this comparison y} holds, else {@code otherwise}. */
  default Scalar choose(Comparison comparison, Scalar y, Scalar then, Scalar otherwise) {
    return new Select(comparison, this, y, then, otherwise);
  }
}
