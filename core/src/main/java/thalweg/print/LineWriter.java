package thalweg.print;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Assignment;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Reduction;
import thalweg.formula.Remembered;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.Solution;
import thalweg.formula.State;
import thalweg.formula.Tensor;
import thalweg.formula.UnaryOp;
import thalweg.print.Notation.Aggregate;
import thalweg.print.Notation.Moment;

/**
 * Writes one line of a formula in some notation. What the language spells with its few operations
 * is put back into the reader's words: x · x is a square, x · (1/y) a fraction, the root of a sum
 * of squares a norm, a minimum of a maximum a clamp, a splitting a rounding.
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
    Term value =
        switch (line.target()) {
          case LOCAL, STATE, PARAMETER -> term(line.value());
          case LOOK_AHEAD, GRADIENT -> notation.gradient(term(line.value()), false);
          case FULL_GRADIENT -> notation.gradient(term(line.value()), true);
        };
    Solution solution = names.solution(line);
    String text =
        solution == null
            ? notation.line(name(line), value, names.isAgain(line))
            : notation.solves(
                name(line),
                notation.comparison(
                    Comparison.EQUAL, term(solution.left()), term(solution.right())));
    return line.open() == null ? text : notation.when(text, term(line.open()));
  }

  private Term term(Expr expr) {
    return switch (expr) {
      case Scalar.Constant(double value) -> notation.number(value);
      case Scalar.Hyper hyper ->
          notation.name(Symbols.hyperparameter(hyper.name()), names.primes(hyper), Moment.ALWAYS);
      case Scalar.Time _ -> notation.time();
      case Scalar.Elements(Scope scope) -> notation.elements(word(scope));
      case Scalar.Shared(Extent extent) -> notation.elements(word(extent));
      case Scalar.Rank _ -> notation.rank();
      case Scalar.Old(ScalarState number) -> old(number);
      case Scalar.Unary(UnaryOp op, Scalar x) -> unary(op, x);
      case Scalar.Binary(BinaryOp op, Scalar x, Scalar y) -> binary(op, x, y);
      case Scalar.Select s -> choice(s.comparison(), s.x(), s.y(), s.then(), s.otherwise());
      case Scalar.Reduce(Reduction kind, Scope scope, Tensor of) ->
          notation.aggregate(
              switch (kind) {
                case SUM -> Aggregate.SUM;
                case MAX -> Aggregate.LARGEST;
              },
              word(scope),
              term(of));
      case Scalar.Ref(Assignment earlier) -> name(earlier);
      case Tensor.Gradient _ -> notation.name("g", 0, Moment.NOW);
      case Tensor.Also(Assignment earlier) -> name(earlier);
      case Tensor.Noise _ -> notation.name("ξ", 0, Moment.NOW);
      case Tensor.Parameter _ -> notation.name("θ", 0, before(names.isMovedBefore(line)));
      case Tensor.Old(State state) -> old(state);
      case Tensor.Along(Reduction kind, Extent extent, Tensor of) ->
          notation.aggregate(
              switch (kind) {
                case SUM -> Aggregate.SUM;
                case MAX -> Aggregate.LARGEST;
              },
              word(extent),
              term(of));
      case Tensor.Ref(Assignment earlier) -> name(earlier);
      case Tensor.Spread(Scalar of) -> term(of);
      case Tensor.Unary(UnaryOp op, Tensor x) -> unary(op, x);
      case Tensor.Binary(BinaryOp op, Tensor x, Tensor y) -> binary(op, plain(x), plain(y));
      case Tensor.Select s ->
          choice(s.comparison(), plain(s.x()), plain(s.y()), plain(s.then()), plain(s.otherwise()));
      case Tensor.Spent _ -> notation.name("spent", 0, Moment.ALWAYS);
    };
  }

  private Term name(Assignment assignment) {
    return notation.name(assignment.symbol(), names.primes(assignment), Moment.NOW);
  }

  /** A condition asked by its number, which is 0 or 1, is put back into what it asks. */
  private Term choice(Comparison comparison, Expr x, Expr y, Expr then, Expr otherwise) {
    if (comparison != Comparison.EQUAL || !isConstant(y, 0)) {
      return notation.choice(
          notation.comparison(comparison, term(x), term(y)), term(then), term(otherwise));
    }
    return notation.choice(condition(x), term(otherwise), term(then));
  }

  private Term condition(Expr number) {
    return number instanceof Scalar.Select(var comparison, var x, var y, var then, var otherwise)
            && isConstant(then, 1)
            && isConstant(otherwise, 0)
        ? notation.comparison(comparison, term(x), term(y))
        : term(number);
  }

  private Term old(Remembered state) {
    return notation.name(
        state.symbol(), names.primes(state), before(names.isUpdatedBefore(state, line)));
  }

  private static String word(Enum<?> over) {
    return over.name().toLowerCase(Locale.ROOT);
  }

  /** What is summed, if it is a sum: over a scope or along some axes. */
  private record Summed(String over, Tensor of) {
    static @Nullable Summed of(Expr expr) {
      return switch (expr) {
        case Scalar.Reduce(Reduction kind, Scope scope, Tensor of) when kind == Reduction.SUM ->
            new Summed(word(scope), of);
        case Tensor.Along(Reduction kind, Extent extent, Tensor of) when kind == Reduction.SUM ->
            new Summed(word(extent), of);
        default -> null;
      };
    }

    /** Whether a number is how many elements were summed. */
    boolean isCountedBy(Expr count) {
      return switch (count) {
        case Scalar.Elements(Scope scope) -> word(scope).equals(over);
        case Scalar.Shared(Extent extent) -> word(extent).equals(over);
        case Scalar.Binary(BinaryOp op, Scalar.Shared(Extent extent), Scalar.Shared _) ->
            op == BinaryOp.DIVIDE && word(extent).equals(over);
        default -> false;
      };
    }
  }

  private static Moment before(boolean marked) {
    return marked ? Moment.BEFORE_MARKED : Moment.BEFORE;
  }

  private Term unary(UnaryOp op, Expr x) {
    return switch (op) {
      case NEGATE -> notation.negated(term(x));
      case ABS -> notation.absolute(term(x));
      case SIGN -> notation.call("sign", List.of(term(x)));
      case SQRT -> {
        Summed summed = Summed.of(x);
        yield summed != null
                && summed.of() instanceof Tensor.Binary(BinaryOp times, Tensor a, Tensor b)
                && times == BinaryOp.MULTIPLY
                && isSame(a, b)
            ? notation.aggregate(Aggregate.NORM, summed.over(), term(a))
            : notation.root(term(x));
      }
    };
  }

  private Term binary(BinaryOp op, Expr x, Expr y) {
    return switch (op) {
      case ADD -> isNegation(y) ? notation.difference(term(x), negated(y)) : sum(x, y);
      case SUBTRACT ->
          isFloat32(x, y)
              ? notation.call("float32", List.of(term(((Scalar.Binary) x).x())))
              : notation.difference(term(x), term(y));
      case MULTIPLY -> product(x, y);
      case DIVIDE -> mean(x, y);
      case MIN -> least(x, y);
      case MAX -> notation.call("max", List.of(term(x), term(y)));
      case POWER -> notation.power(term(x), term(y));
    };
  }

  private Term mean(Expr x, Expr count) {
    Summed summed = Summed.of(x);
    return summed != null && summed.isCountedBy(count)
        ? notation.aggregate(Aggregate.MEAN, summed.over(), term(summed.of()))
        : notation.quotient(term(x), term(count));
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
      return mean(y, ((Scalar.Binary) x).y());
    }
    if (isReciprocal(y)) {
      return mean(x, ((Scalar.Binary) y).y());
    }
    boolean choiceFirst = x instanceof Scalar.Select || x instanceof Tensor.Select;
    return choiceFirst ? notation.product(term(y), term(x)) : notation.product(term(x), term(y));
  }

  private static boolean isReciprocal(Expr expr) {
    return expr instanceof Scalar.Binary(BinaryOp op, Scalar x, Scalar _)
        && op == BinaryOp.DIVIDE
        && isOne(x);
  }

  /** Whether {@code c − d} is {@link Scalar#float32} of what c is a multiple of. */
  @SuppressWarnings("ReferenceEquality") // the method shares its operands
  private static boolean isFloat32(Expr c, Expr d) {
    return c instanceof Scalar.Binary(BinaryOp times, Scalar x, Scalar splitter)
        && times == BinaryOp.MULTIPLY
        && splitter == Scalar.SPLITTER
        && d instanceof Scalar.Binary(BinaryOp minus, Scalar same, Scalar y)
        && minus == BinaryOp.SUBTRACT
        && same == c
        && y == x;
  }

  private static boolean isOne(Expr expr) {
    return isConstant(expr, 1);
  }

  private static boolean isConstant(Expr expr, double wanted) {
    return expr instanceof Scalar.Constant(double value) && value == wanted;
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
      case Scalar.Old(ScalarState a) -> y instanceof Scalar.Old(ScalarState b) && a == b;
      case Tensor.Gradient _ -> y instanceof Tensor.Gradient;
      case Tensor.Parameter _ -> y instanceof Tensor.Parameter;
      case Scalar.Hyper a -> y instanceof Scalar.Hyper b && a.equals(b);
      default -> false;
    };
  }
}
