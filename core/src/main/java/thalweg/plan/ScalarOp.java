package thalweg.plan;

import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
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

  record Unary(UnaryOp op, int x) implements ScalarOp {}

  record Binary(BinaryOp op, int x, int y) implements ScalarOp {}

  record Select(Comparison comparison, int x, int y, int then, int otherwise) implements ScalarOp {}

  /** Reduction {@code slot} of pass {@code pass}, over {@code scope}. */
  record Reduced(int pass, int slot, Scope scope) implements ScalarOp {}
}
