package thalweg.plan;

import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Reduction;
import thalweg.formula.UnaryOp;

/**
 * One instruction of a {@link Pass}, done for every element. Operands are positions of earlier
 * instructions in the pass; each instruction but {@link Store} and {@link Reduce} yields one value.
 */
public sealed interface Op {
  /** The element of buffer {@code buffer} (a position in {@link Pass#buffers()}). */
  record Load(int buffer) implements Op {}

  /**
   * The scalar in slot {@code slot} of the scalars handed to the kernel; no element has another.
   */
  record Spread(int slot) implements Op {}

  record Unary(UnaryOp op, int x) implements Op {}

  record Binary(BinaryOp op, int x, int y) implements Op {}

  /** {@code then} where {@code x comparison y} holds, else {@code otherwise} (also for NaN). */
  record Select(Comparison comparison, int x, int y, int then, int otherwise) implements Op {}

  /** Writes a value to the element of buffer {@code buffer}. All loads come before all stores. */
  record Store(int buffer, int x) implements Op {}

  /** Feeds a value to reduction {@code slot} of the pass (numbered 0, 1, … in order). */
  record Reduce(Reduction kind, int x, int slot) implements Op {}
}
