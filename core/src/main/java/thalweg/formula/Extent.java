package thalweg.formula;

import java.util.List;
import java.util.stream.Stream;

/**
 * For what a tensor expression or a state has one number. All but {@link #ELEMENT} are fewer than
 * the elements: they come from a reduction along some axes ({@link Tensor#sum(Extent)}) and meet
 * elements as if repeated along them.
 *
 * <p>Each sees a tensor as a stack of matrices. A vector or a single number is one matrix of one
 * row.
 */
public enum Extent {
  /** One number an element. */
  ELEMENT(Line.EACH),
  /** One a row of each matrix of the last two axes. */
  ROW(Line.ROW),
  /** One a column of each matrix of the last two axes. */
  COLUMN(Line.COLUMN),
  /** One for each matrix of the last two axes; for a matrix itself, one in all. */
  MATRIX(Line.ALL),
  /**
   * One for each index of the first axis, over all other axes: an output unit of a weight laid out
   * {@code [out, in, ...]}, as PyTorch does.
   */
  SLICE(Line.ROW),
  /**
   * One for each output unit of a weight laid out {@code [in, out, ...]} or, with four axes, {@code
   * [height, width, in, out]}, as Flax does: over the first axis, or the first three of four.
   */
  UNIT(Line.COLUMN);

  private enum Line {
    EACH,
    ROW,
    COLUMN,
    ALL
  }

  /**
   * A tensor seen as a stack of matrices.
   *
   * @param matrices how many
   * @param rows rows of each
   * @param columns columns of each: neighbours in memory
   */
  public record View(long matrices, long rows, long columns) {}

  private final Line line;

  Extent(Line line) {
    this.line = line;
  }

  /** How this extent sees a tensor of a shape. */
  public View view(List<Long> shape) {
    int rank = shape.size();
    if (rank < 2) {
      return new View(1, 1, product(shape));
    }
    return switch (this) {
      case ELEMENT, ROW, COLUMN, MATRIX ->
          new View(product(shape.subList(0, rank - 2)), shape.get(rank - 2), shape.get(rank - 1));
      case SLICE -> new View(1, shape.getFirst(), product(shape.subList(1, rank)));
      case UNIT ->
          rank == 4
              ? new View(1, product(shape.subList(0, 3)), shape.getLast())
              : new View(1, shape.getFirst(), product(shape.subList(1, rank)));
    };
  }

  /** The numbers of a tensor of a shape as a tensor: the axes that are not reduced along. */
  public List<Long> shape(List<Long> shape) {
    int rank = shape.size();
    if (rank < 2) {
      return runsAlong() ? List.copyOf(shape) : List.of();
    }
    List<Long> outer = shape.subList(0, rank - 2);
    return switch (this) {
      case ELEMENT -> List.copyOf(shape);
      case ROW -> List.copyOf(shape.subList(0, rank - 1));
      case COLUMN -> Stream.concat(outer.stream(), Stream.of(shape.getLast())).toList();
      case MATRIX -> List.copyOf(outer);
      case SLICE -> List.of(shape.getFirst());
      case UNIT -> rank == 4 ? List.of(shape.getLast()) : List.copyOf(shape.subList(1, rank));
    };
  }

  /** How many numbers there are for a tensor of a shape. */
  public long count(List<Long> shape) {
    View view = view(shape);
    return switch (line) {
      case EACH -> product(shape);
      case ROW -> view.matrices() * view.rows();
      case COLUMN -> view.matrices() * view.columns();
      case ALL -> view.matrices();
    };
  }

  /** How many elements share one number. */
  public long elements(List<Long> shape) {
    View view = view(shape);
    return switch (line) {
      case EACH -> 1;
      case ROW -> view.columns();
      case COLUMN -> view.rows();
      case ALL -> view.rows() * view.columns();
    };
  }

  /** Which number belongs to an element. */
  public long index(long element, View view) {
    long ofMatrix = view.rows() * view.columns();
    return switch (line) {
      case EACH -> element;
      case ROW -> element / view.columns();
      case COLUMN -> element / ofMatrix * view.columns() + element % view.columns();
      case ALL -> element / ofMatrix;
    };
  }

  /**
   * Whether neighbouring elements have neighbouring numbers; else they share one, up to the end of
   * a row.
   */
  public boolean runsAlong() {
    return line == Line.COLUMN || line == Line.EACH;
  }

  /** What an expression of two operands has one number for. */
  public static Extent join(Extent x, Extent y) {
    if (x == y || y == MATRIX && x.isOfMatrices()) {
      return x;
    }
    return x == MATRIX && y.isOfMatrices() ? y : ELEMENT;
  }

  private boolean isOfMatrices() {
    return this == ROW || this == COLUMN || this == ELEMENT;
  }

  private static long product(List<Long> sizes) {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }
}
