package thalweg.plan;

import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Extent;
import thalweg.formula.Scope;
import thalweg.formula.UnaryOp;

/** One instruction on numbers of an update, in double. Operands are registers of the program. */
public sealed interface ScalarOp {
  record Constant(double value) implements ScalarOp {}

  /** Hyperparameter {@code index} of the formula. */
  record Hyper(int index) implements ScalarOp {}

  /** t. */
  record Time() implements ScalarOp {}

  record Elements(Scope scope) implements ScalarOp {}

  /** How many elements share one number of an extent. */
  record Shared(Extent extent) implements ScalarOp {}

  /** The number of axes of the tensor. */
  record Rank() implements ScalarOp {}

  /** Remembered number {@code index} of the formula, before this update. */
  record Old(int index, Scope scope) implements ScalarOp {}

  record Unary(UnaryOp op, int x) implements ScalarOp {}

  record Binary(BinaryOp op, int x, int y) implements ScalarOp {}

  record Select(Comparison comparison, int x, int y, int then, int otherwise) implements ScalarOp {}

  /** Reduction {@code slot} of trip {@code trip}, over {@code scope}. */
  record Reduced(int trip, int slot, Scope scope) implements ScalarOp {}
}
