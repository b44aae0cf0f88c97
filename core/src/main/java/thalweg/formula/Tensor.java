package thalweg.formula;

/**
 * One number an element of a parameter, or one for some of its elements together ({@link Extent}).
 */
public sealed interface Tensor extends Expr {
  /** The gradient as the engine left it. */
  record Gradient() implements Tensor {}

  /**
   * Standard normal noise, another at every update.
   *
   * @param stream sets one source of noise apart from another of the same seed
   */
  record Noise(long seed, String stream) implements Tensor {}

  /** A further gradient, which a line of the formula asks for. */
  record Also(Assignment line) implements Tensor {}

  /** The parameter before this update. */
  record Parameter() implements Tensor {}

  /** A state before this update. */
  record Old(State state) implements Tensor {}

  /** The value of an earlier line. */
  record Ref(Assignment line) implements Tensor {}

  /** A scalar, the same for every element. */
  record Spread(Scalar of) implements Tensor {}

  record Unary(UnaryOp op, Tensor x) implements Tensor {}

  record Binary(BinaryOp op, Tensor x, Tensor y) implements Tensor {}

  record Select(Comparison comparison, Tensor x, Tensor y, Tensor then, Tensor otherwise)
      implements Tensor {}

  /** A reduction along some axes: one number for each row, column, …, in place of many. */
  record Along(Reduction kind, Extent extent, Tensor of) implements Tensor {}

  /** A direction that {@code descend} has used up: nothing may read it. */
  record Spent() implements Tensor {}

  static Tensor of(Scalar scalar) {
    return new Spread(scalar);
  }

  default Tensor plus(Tensor y) {
    return new Binary(BinaryOp.ADD, this, y);
  }

  default Tensor plus(Scalar y) {
    return plus(of(y));
  }

  default Tensor minus(Tensor y) {
    return new Binary(BinaryOp.SUBTRACT, this, y);
  }

  default Tensor minus(Scalar y) {
    return minus(of(y));
  }

  default Tensor times(Tensor y) {
    return new Binary(BinaryOp.MULTIPLY, this, y);
  }

  default Tensor times(Scalar y) {
    return new Binary(BinaryOp.MULTIPLY, of(y), this);
  }

  default Tensor over(Tensor y) {
    return new Binary(BinaryOp.DIVIDE, this, y);
  }

  /**
   * Multiplied by the reciprocal, which is taken once an update in double: cheaper than a division
   * an element, and as exact as one rounding of the reciprocal allows.
   */
  default Tensor over(Scalar y) {
    return times(Scalar.ONE.over(y));
  }

  default Tensor square() {
    return times(this);
  }

  default Tensor sqrt() {
    return new Unary(UnaryOp.SQRT, this);
  }

  default Tensor abs() {
    return new Unary(UnaryOp.ABS, this);
  }

  /** −1, ±0 or 1. */
  default Tensor sign() {
    return new Unary(UnaryOp.SIGN, this);
  }

  default Tensor negate() {
    return new Unary(UnaryOp.NEGATE, this);
  }

  default Tensor min(Tensor y) {
    return new Binary(BinaryOp.MIN, this, y);
  }

  default Tensor min(Scalar y) {
    return min(of(y));
  }

  default Tensor max(Tensor y) {
    return new Binary(BinaryOp.MAX, this, y);
  }

  default Tensor max(Scalar y) {
    return max(of(y));
  }

  /** At least {@code low}, at most {@code high}; NaN stays NaN. */
  default Tensor clamp(Scalar low, Scalar high) {
    return max(low).min(high);
  }

  default Tensor pow(Scalar exponent) {
    return new Binary(BinaryOp.POWER, this, of(exponent));
  }

  /** {@code share} of this and the rest of y: {@code β x + (1 − β) y}, as a running mean has it. */
  default Tensor blend(Tensor y, Scalar share) {
    return times(share).plus(y.times(Scalar.ONE.minus(share)));
  }

  /** {@code then} where {@code this comparison y} holds, else {@code otherwise}. */
  default Tensor choose(Comparison comparison, Tensor y, Tensor then, Tensor otherwise) {
    return new Select(comparison, this, y, then, otherwise);
  }

  /** The sum of the elements that share a number of the extent. */
  default Tensor sum(Extent extent) {
    return new Along(Reduction.SUM, extent, this);
  }

  /** Their mean: of the numbers there are, where these are fewer than the elements. */
  default Tensor mean(Extent extent) {
    Extent own = new Extents().of(this);
    Scalar elements = new Scalar.Shared(extent);
    return sum(extent)
        .over(
            own == null || own == Extent.ELEMENT
                ? elements
                : elements.over(new Scalar.Shared(own)));
  }

  /** The Euclidean norm of the elements that share a number of the extent. */
  default Tensor norm(Extent extent) {
    return square().sum(extent).sqrt();
  }

  default Scalar sum(Scope scope) {
    return new Scalar.Reduce(Reduction.SUM, scope, this);
  }

  /** The largest element; −∞ of nothing. */
  default Scalar largest(Scope scope) {
    return new Scalar.Reduce(Reduction.MAX, scope, this);
  }

  default Scalar mean(Scope scope) {
    return sum(scope).over(new Scalar.Elements(scope));
  }

  /** The Euclidean norm. */
  default Scalar norm(Scope scope) {
    return square().sum(scope).sqrt();
  }
}
