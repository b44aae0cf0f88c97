package thalweg.execute;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import thalweg.formula.Assignment;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Extents;
import thalweg.formula.Formula;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Tensor;
import thalweg.formula.UnaryOp;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;

/**
 * The values of all expressions of a formula for one tensor, each in an array of its own: one
 * number for a scalar, one for each element of a tensor. Says once what computes each, in an order
 * in which all that it takes is there by then.
 */
final class ReferenceSheet {
  private final Formula formula;
  private final Extents extents;
  private final Member member;
  private final List<ReferenceSheet> all;
  private final double[] hypers;
  private final double[] groupNumbers;
  private final List<Runnable> lines;
  private final Map<Expr, double[]> values = new IdentityHashMap<>();

  /**
   * @param all those of the tensors that are updated together, this one included
   * @param hypers looked at when a line runs
   * @param lines the lines of all of them; added to
   */
  ReferenceSheet(
      Formula formula,
      Extents extents,
      Member member,
      List<ReferenceSheet> all,
      double[] hypers,
      double[] groupNumbers,
      List<Runnable> lines) {
    this.formula = formula;
    this.extents = extents;
    this.member = member;
    this.all = all;
    this.hypers = hypers;
    this.groupNumbers = groupNumbers;
    this.lines = lines;
  }

  Member member() {
    return member;
  }

  /** Where the value of an expression is once the lines have run. */
  double[] value(Expr expr) {
    double[] known = values.get(expr);
    if (known != null) {
      return known;
    }
    for (Expr part : Expr.bottomUp(expr, values::containsKey)) {
      if (!values.containsKey(part)) {
        values.put(part, write(part));
      }
    }
    return value(expr);
  }

  /** The numbers of a smaller extent, each once; none of a tensor without elements. */
  double[] fewer(Tensor tensor, Extent extent) {
    double[] from = value(tensor);
    if (extent == Extent.ELEMENT || from.length == 0) {
      return from;
    }
    double[] to = numbers(extent.count(member.shape()));
    Extent.View view = extent.view(member.shape());
    lines.add(() -> {
      for (int i = 0; i < from.length; i++) {
        to[(int) extent.index(i, view)] = from[i];
      }
    });
    return to;
  }

  private static double[] numbers(long count) {
    return new double[Math.toIntExact(count)];
  }

  /** Adds the line of an expression whose parts are there already. */
  private double[] write(Expr expr) {
    return switch (expr) {
      case Scalar.Ref(Assignment line) -> value(line.value());
      case Tensor.Ref(Assignment line) -> value(line.value());
      case Scalar scalar -> {
        double[] to = new double[1];
        write(scalar, to);
        yield to;
      }
      case Tensor tensor -> {
        double[] to = numbers(member.length());
        write(tensor, to);
        yield to;
      }
    };
  }

  private void write(Scalar scalar, double[] to) {
    switch (scalar) {
      case Scalar.Constant(double value) -> to[0] = value;
      case Scalar.Elements(Scope scope) ->
          to[0] = over(scope).stream().mapToLong(sheet -> sheet.member.length()).sum();
      case Scalar.Shared(Extent extent) -> to[0] = extent.elements(member.shape());
      case Scalar.Rank _ -> to[0] = member.shape().size();
      case Scalar.Hyper hyper -> {
        int index = formula.hypers().indexOf(hyper);
        lines.add(() -> to[0] = hypers[index]);
      }
      case Scalar.Time _ -> lines.add(() -> to[0] = member.updates());
      case Scalar.Old(ScalarState number) -> {
        double[] memory = memory(number);
        int index = formula.numbers().indexOf(number);
        lines.add(() -> to[0] = memory[index]);
      }
      case Scalar.Unary(var op, Scalar x) -> apply(op, value(x), to);
      case Scalar.Binary(var op, Scalar x, Scalar y) -> apply(op, value(x), value(y), to);
      case Scalar.Select(var op, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          select(op, value(x), value(y), value(then), value(otherwise), to);
      case Scalar.Reduce(Reduction kind, Scope scope, Tensor of) -> {
        Extent own = extents.of(of);
        Extent extent = own == null ? Extent.ELEMENT : own;
        List<double[]> parts = over(scope).stream().map(one -> one.fewer(of, extent)).toList();
        lines.add(() -> to[0] = reduce(kind, parts));
      }
      case Scalar.Ref(Assignment line) -> throw new IllegalStateException(line.toString());
    }
  }

  /** Where a number of the formula is remembered. */
  double[] memory(ScalarState number) {
    return number.scope() == Scope.MODEL ? groupNumbers : member.numbers();
  }

  private List<ReferenceSheet> over(Scope scope) {
    return switch (scope) {
      case TENSOR -> List.of(this);
      case MODEL -> all;
    };
  }

  private static double reduce(Reduction kind, List<double[]> parts) {
    double result = kind.identity();
    for (int i = 0; i < parts.size(); i++) {
      for (double x : parts.get(i)) {
        result = kind.combine(result, x);
      }
    }
    return result;
  }

  private void write(Tensor tensor, double[] to) {
    switch (tensor) {
      case Tensor.Gradient _ -> lines.add(() -> gradient(to));
      case Tensor.Parameter _ -> lines.add(() -> read(member.value(), to));
      case Tensor.Noise(long seed, String stream) ->
          lines.add(() -> {
            long key = Noise.key(seed, stream, member.name(), member.updates());
            for (int i = 0; i < to.length; i++) {
              to[i] = Noise.at(key, i);
            }
          });
      case Tensor.Also(Assignment line) -> {
        Buffer evaluated = member.evaluated().get(formula.evaluations().indexOf(line));
        lines.add(() -> read(evaluated, to));
      }
      case Tensor.Old(State state) -> {
        Buffer memory = member.states().get(formula.states().indexOf(state));
        double[] fewer = state.extent() == Extent.ELEMENT ? to : numbers(memory.length());
        lines.add(() -> read(memory, fewer));
        repeat(fewer, state.extent(), to);
      }
      case Tensor.Along(Reduction kind, Extent extent, Tensor of) -> along(kind, extent, of, to);
      case Tensor.Spread(Scalar of) -> {
        double[] number = value(of);
        lines.add(() -> Arrays.fill(to, number[0]));
      }
      case Tensor.Unary(var op, Tensor x) -> apply(op, value(x), to);
      case Tensor.Binary(var op, Tensor x, Tensor y) -> apply(op, value(x), value(y), to);
      case Tensor.Select(var op, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
          select(op, value(x), value(y), value(then), value(otherwise), to);
      case Tensor.Ref(Assignment line) -> throw new IllegalStateException(line.toString());
      case Tensor.Spent _ -> throw new IllegalStateException("a spent direction has no value");
    }
  }

  private void gradient(double[] to) {
    SparseRows sparse = member.sparse();
    Buffer dense = member.gradient();
    if (sparse == null) {
      if (dense == null) {
        throw new IllegalStateException("no gradient for " + member.name());
      }
      read(dense, to);
      return;
    }
    Arrays.fill(to, 0);
    for (int i = 0; i < sparse.count(); i++) {
      for (long c = 0; c < sparse.columns(); c++) {
        to[Math.toIntExact(sparse.row(i) * sparse.columns() + c)] =
            sparse.values().get(i * sparse.columns() + c);
      }
    }
  }

  private static void read(Buffer from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(i);
    }
  }

  private void apply(UnaryOp op, double[] x, double[] to) {
    lines.add(() -> {
      for (int i = 0; i < to.length; i++) {
        to[i] = op.apply(x[i]);
      }
    });
  }

  private void apply(BinaryOp op, double[] x, double[] y, double[] to) {
    lines.add(() -> {
      for (int i = 0; i < to.length; i++) {
        to[i] = op.apply(x[i], y[i]);
      }
    });
  }

  private void select(
      Comparison op, double[] x, double[] y, double[] then, double[] otherwise, double[] to) {
    lines.add(() -> {
      for (int i = 0; i < to.length; i++) {
        to[i] = op.holds(x[i], y[i]) ? then[i] : otherwise[i];
      }
    });
  }

  /** Reduces what each number of an extent stands for, and repeats the result for each element. */
  private void along(Reduction kind, Extent extent, Tensor of, double[] to) {
    double[] from = value(of);
    Extent own = extents.of(of);
    Extent counted = own == null ? Extent.ELEMENT : own;
    Extent.View countedView = counted.view(member.shape());
    Extent.View view = extent.view(member.shape());
    double[] reduced = numbers(extent.count(member.shape()));
    boolean[] seen = new boolean[Math.toIntExact(counted.count(member.shape()))];
    lines.add(() -> {
      Arrays.fill(reduced, kind.identity());
      Arrays.fill(seen, false);
      for (int i = 0; i < from.length; i++) {
        int number = (int) counted.index(i, countedView);
        if (!seen[number]) {
          seen[number] = true;
          int index = (int) extent.index(i, view);
          reduced[index] = kind.combine(reduced[index], from[i]);
        }
      }
    });
    repeat(reduced, extent, to);
  }

  /** The numbers of a smaller extent, one for each element. */
  private void repeat(double[] fewer, Extent extent, double[] to) {
    if (fewer == to) {
      return;
    }
    Extent.View view = extent.view(member.shape());
    lines.add(() -> {
      for (int i = 0; i < to.length; i++) {
        to[i] = fewer[(int) extent.index(i, view)];
      }
    });
  }
}
