package thalweg.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import thalweg.formula.Assignment;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Extents;
import thalweg.formula.Formula;
import thalweg.formula.Notice;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Tensor;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;

/**
 * The definition of every rule: evaluates the formula itself in double, whole arrays at a time,
 * without a plan. Slow and plain on purpose. Parameters may be float32 or float64.
 */
public final class ReferenceEngine implements Engine {
  private final Formula formula;
  private final List<Member> members;
  private final double[] groupNumbers;
  private final boolean everyone;
  private final Consumer<String> notices;
  private final Extents extents = new Extents();

  /**
   * @param groupNumbers what the formula remembers as one number for the group; changed in place
   * @param everyone whether members without a gradient take part
   * @param notices told what a user should hear of
   */
  public ReferenceEngine(
      Formula formula,
      List<Member> members,
      double[] groupNumbers,
      boolean everyone,
      Consumer<String> notices) {
    this.formula = formula;
    this.members = List.copyOf(members);
    this.groupNumbers = groupNumbers;
    this.everyone = everyone;
    this.notices = notices;
  }

  @Override
  public NumberType stateType() {
    return NumberType.FLOAT64;
  }

  @Override
  public boolean takes(NumberType type) {
    return true;
  }

  @Override
  public void bind(boolean rebound) {} // it looks at the members anew at every step

  @Override
  public void step(double[] hypers) {
    List<Evaluation> evaluations = new ArrayList<>();
    for (Member member : members) {
      if (everyone || member.hasGradient()) {
        evaluations.add(new Evaluation(member, hypers, evaluations));
      }
    }
    // every result is known before anything is written: reductions see all tensors as they were
    List<Runnable> writes = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      double[] next = evaluation.tensor(formula.next());
      boolean[] touched = touched(evaluation.member);
      writes.add(() -> write(evaluation.member.value(), next, touched));
      for (int i = 0; i < formula.states().size() && evaluation.member.length() > 0; i++) {
        State state = formula.states().get(i);
        double[] nextState = evaluation.fewer(formula.next(state), state.extent());
        Buffer memory = evaluation.member.states().get(i);
        writes.add(() -> write(memory, nextState, touched));
      }
      for (int i = 0; i < formula.numbers().size(); i++) {
        ScalarState number = formula.numbers().get(i);
        double[] memory =
            number.scope() == Scope.MODEL ? groupNumbers : evaluation.member.numbers();
        double nextNumber = evaluation.scalar(formula.next(number));
        int index = i;
        writes.add(() -> memory[index] = nextNumber);
      }
    }
    if (!evaluations.isEmpty()) {
      formula.notices().forEach(notice -> tell(notice, evaluations.getFirst()));
    }
    writes.forEach(Runnable::run);
  }

  private void tell(Notice notice, Evaluation evaluation) {
    if (evaluation.scalar(notice.when()) != 0) {
      notices.accept(
          notice.text().formatted(notice.values().stream().map(evaluation::scalar).toArray()));
    }
  }

  private static void write(Buffer to, double[] values, boolean[] touched) {
    if (touched.length == 0) {
      to.setAll(values);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      if (touched[i]) {
        to.set(i, values[i]);
      }
    }
  }

  /** The elements that a sparse gradient names; nothing for a dense one. */
  private static boolean[] touched(Member member) {
    SparseRows sparse = member.sparse();
    if (sparse == null) {
      return new boolean[0];
    }
    boolean[] touched = new boolean[Math.toIntExact(member.length())];
    for (int i = 0; i < sparse.count(); i++) {
      int from = Math.toIntExact(sparse.row(i) * sparse.columns());
      Arrays.fill(touched, from, from + Math.toIntExact(sparse.columns()), true);
    }
    return touched;
  }

  private static double[] dense(SparseRows sparse, long length) {
    double[] dense = new double[Math.toIntExact(length)];
    for (int i = 0; i < sparse.count(); i++) {
      for (long c = 0; c < sparse.columns(); c++) {
        dense[Math.toIntExact(sparse.row(i) * sparse.columns() + c)] =
            sparse.values().get(i * sparse.columns() + c);
      }
    }
    return dense;
  }

  /** The values of all expressions for one tensor at one step, each computed once. */
  private final class Evaluation {
    private final Member member;
    private final double[] hypers;
    private final List<Evaluation> all;
    private final Map<Expr, Object> known = new IdentityHashMap<>();

    Evaluation(Member member, double[] hypers, List<Evaluation> all) {
      this.member = member;
      this.hypers = hypers;
      this.all = all;
    }

    double scalar(Scalar scalar) {
      return (double) value(scalar);
    }

    double[] tensor(Tensor tensor) {
      return (double[]) value(tensor);
    }

    private Object value(Expr expr) {
      Object value = known.get(expr);
      if (value != null) {
        return value;
      }
      Object last = 0.0;
      for (Expr part : Expr.bottomUp(expr)) {
        Object before = known.get(part);
        last =
            before != null
                ? before
                : switch (part) {
                  case Scalar scalar -> (Object) compute(scalar);
                  case Tensor tensor -> compute(tensor);
                };
        known.put(part, last);
      }
      return last;
    }

    private double compute(Scalar scalar) {
      return switch (scalar) {
        case Scalar.Constant(double value) -> value;
        case Scalar.Hyper hyper -> hypers[formula.hypers().indexOf(hyper)];
        case Scalar.Time _ -> member.updates();
        case Scalar.Elements(Scope scope) ->
            over(scope).stream().mapToLong(one -> one.member.length()).sum();
        case Scalar.Shared(Extent extent) -> extent.elements(member.shape());
        case Scalar.Rank _ -> member.shape().size();
        case Scalar.Old(ScalarState number) ->
            (number.scope() == Scope.MODEL ? groupNumbers : member.numbers())
                [formula.numbers().indexOf(number)];
        case Scalar.Unary(var op, Scalar x) -> op.apply(scalar(x));
        case Scalar.Binary(var op, Scalar x, Scalar y) -> op.apply(scalar(x), scalar(y));
        case Scalar.Select(var op, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
            op.holds(scalar(x), scalar(y)) ? scalar(then) : scalar(otherwise);
        case Scalar.Reduce(Reduction kind, Scope scope, Tensor of) -> {
          double result = kind.identity();
          for (Evaluation one : over(scope)) {
            Extent extent = extents.of(of);
            for (double x : one.fewer(of, extent == null ? Extent.ELEMENT : extent)) {
              result = kind.combine(result, x);
            }
          }
          yield result;
        }
        case Scalar.Ref(Assignment line) -> scalar((Scalar) line.value());
      };
    }

    /** The numbers of a smaller extent, each once; none of a tensor without elements. */
    double[] fewer(Tensor tensor, Extent extent) {
      double[] all = tensor(tensor);
      if (extent == Extent.ELEMENT || all.length == 0) {
        return all;
      }
      double[] fewer = new double[Math.toIntExact(extent.count(member.shape()))];
      Extent.View view = extent.view(member.shape());
      for (int i = 0; i < all.length; i++) {
        fewer[(int) extent.index(i, view)] = all[i];
      }
      return fewer;
    }

    /** The numbers of a smaller extent, one for each element. */
    private double[] repeated(double[] fewer, Extent extent) {
      if (extent == Extent.ELEMENT) {
        return fewer;
      }
      double[] all = new double[Math.toIntExact(member.length())];
      Extent.View view = extent.view(member.shape());
      for (int i = 0; i < all.length; i++) {
        all[i] = fewer[(int) extent.index(i, view)];
      }
      return all;
    }

    private double[] along(Reduction kind, Extent to, Tensor of) {
      double[] values = tensor(of);
      Extent from = extents.of(of);
      double[] reduced = new double[Math.toIntExact(to.count(member.shape()))];
      Arrays.fill(reduced, kind.identity());
      Extent.View view = to.view(member.shape());
      Extent counted = from == null ? Extent.ELEMENT : from;
      boolean[] seen = new boolean[Math.toIntExact(counted.count(member.shape()))];
      for (int i = 0; i < values.length; i++) {
        int number = (int) counted.index(i, counted.view(member.shape()));
        if (!seen[number]) {
          seen[number] = true;
          int index = (int) to.index(i, view);
          reduced[index] = kind.combine(reduced[index], values[i]);
        }
      }
      return repeated(reduced, to);
    }

    private List<Evaluation> over(Scope scope) {
      return switch (scope) {
        case TENSOR -> List.of(this);
        case MODEL -> all;
      };
    }

    private double[] compute(Tensor tensor) {
      return switch (tensor) {
        case Tensor.Gradient _ -> {
          SparseRows sparse = member.sparse();
          if (sparse != null) {
            yield dense(sparse, member.length());
          }
          Buffer gradient = member.gradient();
          if (gradient == null) {
            throw new IllegalStateException("no gradient for " + member.name());
          }
          yield gradient.toDoubles();
        }
        case Tensor.Noise(long seed, String stream) -> {
          long key = Noise.key(seed, stream, member.name(), member.updates());
          double[] noise = new double[Math.toIntExact(member.length())];
          for (int i = 0; i < noise.length; i++) {
            noise[i] = Noise.at(key, i);
          }
          yield noise;
        }
        case Tensor.Also(Assignment line) ->
            member.evaluated().get(formula.evaluations().indexOf(line)).toDoubles();
        case Tensor.Parameter _ -> member.value().toDoubles();
        case Tensor.Old(State state) ->
            repeated(
                member.states().get(formula.states().indexOf(state)).toDoubles(), state.extent());
        case Tensor.Along(Reduction kind, Extent extent, Tensor of) -> along(kind, extent, of);
        case Tensor.Ref(Assignment line) -> tensor((Tensor) line.value());
        case Tensor.Spent _ -> throw new IllegalStateException("a spent direction has no value");
        case Tensor.Spread(Scalar of) -> {
          double[] all = new double[Math.toIntExact(member.length())];
          java.util.Arrays.fill(all, scalar(of));
          yield all;
        }
        case Tensor.Unary(var op, Tensor x) -> {
          double[] a = tensor(x);
          double[] result = new double[a.length];
          for (int i = 0; i < a.length; i++) {
            result[i] = op.apply(a[i]);
          }
          yield result;
        }
        case Tensor.Binary(var op, Tensor x, Tensor y) -> {
          double[] a = tensor(x);
          double[] b = tensor(y);
          double[] result = new double[a.length];
          for (int i = 0; i < a.length; i++) {
            result[i] = op.apply(a[i], b[i]);
          }
          yield result;
        }
        case Tensor.Select(var op, Tensor x, Tensor y, Tensor then, Tensor otherwise) -> {
          double[] a = tensor(x);
          double[] b = tensor(y);
          double[] yes = tensor(then);
          double[] no = tensor(otherwise);
          double[] result = new double[a.length];
          for (int i = 0; i < a.length; i++) {
            result[i] = op.holds(a[i], b[i]) ? yes[i] : no[i];
          }
          yield result;
        }
      };
    }
  }
}
