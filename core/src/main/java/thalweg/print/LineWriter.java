package thalweg.print;

import java.util.List;
import thalweg.formula.Assignment;
import thalweg.formula.BinaryOp;
import thalweg.formula.Expr;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Tensor;
import thalweg.formula.UnaryOp;
import thalweg.print.Notation.Aggregate;
import thalweg.print.Notation.Moment;

/**
 * Writes one line of a formula in some notation. What the language spells with its few operations
 * is put back into the reader's words: x · x is a square, x · (1/y) a fraction, the root of a sum
 * of squares a norm, a minimum of a maximum a clamp.
 */
final class LineWriter {
  private final Notation notation;
  private final Names names;
  private final Assignment line;

  LineWriter(Notation notation, Names names, Assignment line) {
    this.notation = notation;
    this.names = names;
    this.line = line;
  }

  String write() {
    return notation.line(name(line), term(line.value()), names.isAgain(line));
  }

  private Term term(Expr expr) {
    return switch (expr) {
      case Scalar.Constant(double value) -> notation.number(value);
      case Scalar.Hyper hyper ->
          notation.name(Symbols.hyperparameter(hyper.name()), names.primes(hyper), Moment.ALWAYS);
      case Scalar.Time _ -> notation.time();
      case Scalar.Elements(Scope scope) -> notation.elements(scope);
      case Scalar.Unary(UnaryOp op, Scalar x) -> unary(op, x);
      case Scalar.Binary(BinaryOp op, Scalar x, Scalar y) -> binary(op, x, y);
      case Scalar.Select s ->
          notation.choice(
              s.comparison(), term(s.x()), term(s.y()), term(s.then()), term(s.otherwise()));
      case Scalar.Reduce(Reduction kind, Scope scope, Tensor of) ->
          notation.aggregate(
              switch (kind) {
                case SUM -> Aggregate.SUM;
                case MAX -> Aggregate.LARGEST;
              },
              scope,
              term(of));
      case Scalar.Ref(Assignment earlier) -> name(earlier);
      case Tensor.Gradient _ -> notation.name("g", 0, Moment.NOW);
      case Tensor.Parameter _ -> notation.name("θ", 0, before(names.isMovedBefore(line)));
      case Tensor.Old(State state) ->
          notation.name(
              state.symbol(), names.primes(state), before(names.isUpdatedBefore(state, line)));
      case Tensor.Ref(Assignment earlier) -> name(earlier);
      case Tensor.Spread(Scalar of) -> term(of);
      case Tensor.Unary(UnaryOp op, Tensor x) -> unary(op, x);
      case Tensor.Binary(BinaryOp op, Tensor x, Tensor y) -> binary(op, plain(x), plain(y));
      case Tensor.Select s ->
          notation.choice(
              s.comparison(), term(s.x()), term(s.y()), term(s.then()), term(s.otherwise()));
      case Tensor.Spent _ -> notation.name("spent", 0, Moment.ALWAYS);
    };
  }

  private Term name(Assignment assignment) {
    return notation.name(assignment.symbol(), names.primes(assignment), Moment.NOW);
  }

  private static Moment before(boolean marked) {
    return marked ? Moment.BEFORE_MARKED : Moment.BEFORE;
  }

  private Term unary(UnaryOp op, Expr x) {
    return switch (op) {
      case NEGATE -> notation.negated(term(x));
      case ABS -> notation.absolute(term(x));
      case SIGN -> notation.call("sign", List.of(term(x)));
      case SQRT ->
          x instanceof Scalar.Reduce(Reduction kind, Scope scope, Tensor of)
                  && kind == Reduction.SUM
                  && of instanceof Tensor.Binary(BinaryOp times, Tensor a, Tensor b)
                  && times == BinaryOp.MULTIPLY
                  && isSame(a, b)
              ? notation.aggregate(Aggregate.NORM, scope, term(a))
              : notation.root(term(x));
    };
  }

  private Term binary(BinaryOp op, Expr x, Expr y) {
    return switch (op) {
      case ADD -> isNegation(y) ? notation.difference(term(x), negated(y)) : sum(x, y);
      case SUBTRACT -> notation.difference(term(x), term(y));
      case MULTIPLY -> product(x, y);
      case DIVIDE ->
          x instanceof Scalar.Reduce(Reduction kind, Scope scope, Tensor of)
                  && kind == Reduction.SUM
                  && y instanceof Scalar.Elements(Scope counted)
                  && counted == scope
              ? notation.aggregate(Aggregate.MEAN, scope, term(of))
              : notation.quotient(term(x), term(y));
      case MIN -> least(x, y);
      case MAX -> notation.call("max", List.of(term(x), term(y)));
      case POWER -> notation.power(term(x), term(y));
    };
  }

  private Term sum(Expr x, Expr y) {
    return notation.sum(term(x), term(y));
  }

  private Term least(Expr x, Expr y) {
    if (x instanceof Tensor.Binary(BinaryOp op, Tensor inner, Tensor low) && op == BinaryOp.MAX) {
      return notation.call("clamp", List.of(term(inner), term(low), term(y)));
    }
    if (x instanceof Scalar.Binary(BinaryOp op, Scalar inner, Scalar low) && op == BinaryOp.MAX) {
      return notation.call("clamp", List.of(term(inner), term(low), term(y)));
    }
    return notation.call("min", List.of(term(x), term(y)));
  }

  private Term product(Expr x, Expr y) {
    if (isSame(x, y)) {
      return notation.power(term(x), notation.number(2));
    }
    if (isOne(x)) {
      return term(y);
    }
    if (isOne(y)) {
      return term(x);
    }
    if (isReciprocal(x)) {
      return notation.quotient(term(y), divisor(x));
    }
    if (isReciprocal(y)) {
      return notation.quotient(term(x), divisor(y));
    }
    boolean choiceFirst = x instanceof Scalar.Select || x instanceof Tensor.Select;
    return choiceFirst ? notation.product(term(y), term(x)) : notation.product(term(x), term(y));
  }

  private static boolean isReciprocal(Expr expr) {
    return expr instanceof Scalar.Binary(BinaryOp op, Scalar x, Scalar _)
        && op == BinaryOp.DIVIDE
        && isOne(x);
  }

  private Term divisor(Expr reciprocal) {
    return term(((Scalar.Binary) reciprocal).y());
  }

  private static boolean isOne(Expr expr) {
    return expr instanceof Scalar.Constant(double value) && value == 1;
  }

  private static boolean isNegation(Expr expr) {
    return (expr instanceof Scalar.Unary(UnaryOp op, Scalar _) && op == UnaryOp.NEGATE)
        || (expr instanceof Tensor.Unary(UnaryOp same, Tensor _) && same == UnaryOp.NEGATE);
  }

  private Term negated(Expr negation) {
    return term(Parts.of(negation).getFirst());
  }

  private static Expr plain(Tensor tensor) {
    return tensor instanceof Tensor.Spread(Scalar of) ? of : tensor;
  }

  /** Whether two expressions are one thing; asked of what they are, never of deep equality. */
  @SuppressWarnings("ReferenceEquality") // lines are the same only if they are the same line
  private static boolean isSame(Expr x, Expr y) {
    if (x == y) {
      return true;
    }
    return switch (x) {
      case Tensor.Ref(Assignment a) -> y instanceof Tensor.Ref(Assignment b) && a == b;
      case Scalar.Ref(Assignment a) -> y instanceof Scalar.Ref(Assignment b) && a == b;
      case Tensor.Old(State a) -> y instanceof Tensor.Old(State b) && a == b;
      case Tensor.Gradient _ -> y instanceof Tensor.Gradient;
      case Tensor.Parameter _ -> y instanceof Tensor.Parameter;
      case Scalar.Hyper a -> y instanceof Scalar.Hyper b && a.equals(b);
      default -> false;
    };
  }
}
