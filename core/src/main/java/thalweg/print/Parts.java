package thalweg.print;

import java.util.List;
import thalweg.formula.Expr;
import thalweg.formula.Scalar;
import thalweg.formula.Tensor;

/** The operands of an expression, in order. */
final class Parts {
  private Parts() {}

  static List<Expr> of(Expr expr) {
    return switch (expr) {
      case Scalar.Constant _,
          Scalar.Hyper _,
          Scalar.Time _,
          Scalar.Elements _,
          Scalar.Shared _,
          Scalar.Rank _,
          Scalar.Old _,
          Scalar.Ref _,
          Tensor.Gradient _,
          Tensor.Also _,
          Tensor.Noise _,
          Tensor.Parameter _,
          Tensor.Old _,
          Tensor.Ref _,
          Tensor.Spent _ ->
          List.of();
      case Scalar.Unary unary -> List.of(unary.x());
      case Scalar.Binary binary -> List.of(binary.x(), binary.y());
      case Scalar.Select s -> List.of(s.x(), s.y(), s.then(), s.otherwise());
      case Scalar.Reduce reduce -> List.of(reduce.of());
      case Tensor.Along along -> List.of(along.of());
      case Tensor.Spread spread -> List.of(spread.of());
      case Tensor.Unary unary -> List.of(unary.x());
      case Tensor.Binary binary -> List.of(binary.x(), binary.y());
      case Tensor.Select s -> List.of(s.x(), s.y(), s.then(), s.otherwise());
    };
  }
}
