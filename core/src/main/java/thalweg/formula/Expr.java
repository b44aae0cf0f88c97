package thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A piece of mathematics: one number an update ({@link Scalar}) or one number an element ({@link
 * Tensor}). The two are different Java types, so a formula that mixes them up does not compile.
 *
 * <p>Expressions share sub-expressions by reference and may be deep; walk them with a memo keyed on
 * identity, never with {@code equals} or {@code hashCode}.
 */
public sealed interface Expr permits Scalar, Tensor {
  /**
   * An expression and all it is made of, each once and after its own parts, left before right. Not
   * below reductions: what is reduced belongs to another trip over memory. Without recursion, so a
   * deep formula does not exhaust the stack.
   */
  static List<Expr> bottomUp(Expr root) {
    return bottomUp(root, _ -> false);
  }

  /** The same, without what the expressions that satisfy {@code closed} are made of. */
  static List<Expr> bottomUp(Expr root, Predicate<Expr> closed) {
    List<Expr> order = new ArrayList<>();
    Set<Expr> opened = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Expr> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Expr expr = open.peek();
      if (opened.add(expr)) {
        if (!closed.test(expr)) {
          for (Expr part : expr.parts().reversed()) {
            if (!done.contains(part)) {
              open.push(part);
            }
          }
        }
      } else {
        open.pop();
        if (done.add(expr)) {
          order.add(expr);
        }
      }
    }
    return order;
  }

  /** What an expression is made of directly, left to right; nothing for a reduction. */
  private List<Expr> parts() {
    return switch (this) {
      case Scalar.Unary(var _, Scalar x) -> List.of(x);
      case Scalar.Binary(var _, Scalar x, Scalar y) -> List.of(x, y);
      case Scalar.Select(var _, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          List.of(x, y, then, otherwise);
      case Scalar.Ref(Assignment line) -> List.of(line.value());
      case Scalar.Constant _,
          Scalar.Hyper _,
          Scalar.Time _,
          Scalar.Elements _,
          Scalar.Shared _,
          Scalar.Rank _,
          Scalar.Old _,
          Scalar.Reduce _ ->
          List.of();
      case Tensor.Spread(Scalar of) -> List.of(of);
      case Tensor.Unary(var _, Tensor x) -> List.of(x);
      case Tensor.Binary(var _, Tensor x, Tensor y) -> List.of(x, y);
      case Tensor.Select(var _, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
          List.of(x, y, then, otherwise);
      case Tensor.Ref(Assignment line) -> List.of(line.value());
      case Tensor.Gradient _,
          Tensor.Noise _,
          Tensor.Also _,
          Tensor.Parameter _,
          Tensor.Old _,
          Tensor.Along _,
          Tensor.Spent _ ->
          List.of();
    };
  }
}
