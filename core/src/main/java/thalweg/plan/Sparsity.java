package thalweg.plan;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Tensor;

/**
 * Whether a rule can take a gradient that names only some rows. It can where an element without
 * gradient keeps its value and its states anyway, and no element looks at another. Both are read
 * off the formula: the gradient is put to zero in it, and what is left must be the old value.
 *
 * <p>What is left is worked out with 0·x = 0, 0/x = 0, x ± 0 = x, 1·x = x and the numbers of the
 * hyperparameters. So it holds for finite x, wherever numbers are: a sum of squares of 0 under
 * Adagrad with eps = 0 is the 0/0 that a dense gradient makes NaN.
 *
 * <p>States of a lazy rule ({@link thalweg.formula.Step#restWithoutGradient}) rest because it says
 * so. They are taken to be as they began, for the parameter must rest by itself in a row that never
 * had a gradient.
 */
public final class Sparsity {
  private static final Object UNKNOWN = new Object();
  private static final Object VALUE = new Object();
  private static final Double ZERO = 0.0;
  private static final Double ONE = 1.0;

  private final Formula formula;
  private final Map<Expr, Object> known = new IdentityHashMap<>();

  private Sparsity(Formula formula) {
    this.formula = formula;
  }

  /**
   * Why a plan cannot take sparse gradients; empty if it can.
   *
   * @return words that follow the name of the rule
   */
  public static Optional<String> refusal(Plan plan) {
    if (!plan.formula().evaluations().isEmpty()) {
      return Optional.of("takes gradients at other points too");
    }
    if (plan.trips().isEmpty()) {
      return Optional.empty(); // nothing is done
    }
    if (!isOnePass(plan)) {
      return Optional.of("looks at all elements at once");
    }
    String changed = new Sparsity(plan.formula()).changed();
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of("changes elements without gradient too (%s)".formatted(changed));
  }

  private static boolean isOnePass(Plan plan) {
    return plan.trips().size() == 1
        && plan.trips().getFirst().domain() == Extent.ELEMENT
        && !plan.trips().getFirst().pass().strips()
        && plan.trips().getFirst().results().isEmpty();
  }

  /** What does not stay as it was where the gradient is zero. */
  private String changed() {
    Stream<String> states =
        formula.states().stream()
            .filter(state -> !formula.isLazy(state))
            .filter(state -> !state.equals(value(formula.next(state))))
            .map(State::key);
    Stream<String> values =
        VALUE.equals(value(formula.next())) ? Stream.of() : Stream.of("the values");
    return Stream.concat(states, values).collect(Collectors.joining(", "));
  }

  /** A number, {@link #VALUE}, the {@link State} it is the old value of, or {@link #UNKNOWN}. */
  private Object value(Expr root) {
    List<Expr> parts = Expr.bottomUp(root, known::containsKey);
    for (Expr part : parts) {
      if (!known.containsKey(part)) {
        known.put(
            part,
            switch (part) {
              case Scalar scalar -> of(scalar);
              case Tensor tensor -> of(tensor);
            });
      }
    }
    return at(root);
  }

  private Object at(Expr expr) {
    return known.getOrDefault(expr, UNKNOWN);
  }

  private Object of(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant(double value) -> value;
      case Scalar.Hyper hyper -> hyper.value();
      case Scalar.Unary(var op, Scalar x) -> at(x) instanceof Double a ? op.apply(a) : UNKNOWN;
      case Scalar.Binary(var op, Scalar x, Scalar y) ->
          at(x) instanceof Double a && at(y) instanceof Double b ? op.apply(a, b) : UNKNOWN;
      case Scalar.Select(var op, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          at(x) instanceof Double a && at(y) instanceof Double b
              ? at(op.holds(a, b) ? then : otherwise)
              : either(at(then), at(otherwise));
      case Scalar.Ref(var line) -> at(line.value());
      case Scalar.Time _,
          Scalar.Elements _,
          Scalar.Shared _,
          Scalar.Rank _,
          Scalar.Old _,
          Scalar.Reduce _ ->
          UNKNOWN;
    };
  }

  private Object of(Tensor tensor) {
    return switch (tensor) {
      case Tensor.Gradient _ -> ZERO;
      case Tensor.Parameter _ -> VALUE;
      case Tensor.Old(State state) -> formula.isLazy(state) ? (Object) state.initial() : state;
      case Tensor.Spread(Scalar of) -> at(of);
      case Tensor.Ref(var line) -> at(line.value());
      case Tensor.Unary(var op, Tensor x) -> at(x) instanceof Double a ? op.apply(a) : UNKNOWN;
      case Tensor.Binary binary -> of(binary, at(binary.x()), at(binary.y()));
      case Tensor.Select(var op, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
          at(x) instanceof Double a && at(y) instanceof Double b
              ? at(op.holds(a, b) ? then : otherwise)
              : either(at(then), at(otherwise));
      case Tensor.Also _, Tensor.Along _, Tensor.Noise _, Tensor.Spent _ -> UNKNOWN;
    };
  }

  private static Object of(Tensor.Binary binary, Object x, Object y) {
    Object simple =
        switch (binary.op()) {
          case ADD -> isZero(x) ? y : isZero(y) ? x : UNKNOWN;
          case SUBTRACT -> isZero(y) ? x : UNKNOWN;
          case MULTIPLY ->
              isZero(x) || isZero(y) ? ZERO : ONE.equals(x) ? y : ONE.equals(y) ? x : UNKNOWN;
          case DIVIDE -> isZero(x) ? ZERO : ONE.equals(y) ? x : UNKNOWN;
          case MIN, MAX, POWER -> UNKNOWN;
        };
    return simple == UNKNOWN && x instanceof Double a && y instanceof Double b
        ? binary.op().apply(a, b)
        : simple;
  }

  /** What is chosen by a number nobody knows yet. */
  private static Object either(Object then, Object otherwise) {
    return then.equals(otherwise) ? then : UNKNOWN;
  }

  private static boolean isZero(Object known) {
    return known instanceof Double number && number == 0; // −0 too
  }
}
