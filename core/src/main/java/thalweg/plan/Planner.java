package thalweg.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import thalweg.formula.Assignment;
import thalweg.formula.Expr;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Tensor;

/**
 * Arranges a formula into passes. It shares common sub-expressions and reorders nothing.
 *
 * <p>Every node gets a level: the number of passes that must have run before it is known. A
 * reduction is one level above what it reduces. All writes happen in the last pass; what an earlier
 * pass computed for its reductions is computed again from memory that nobody has changed.
 */
final class Planner {
  private final Formula formula;
  private final Map<State, Integer> states = new HashMap<>();
  private final Map<Scalar.Hyper, Integer> hypers = new HashMap<>();

  private final Map<Expr, Integer> levels = new IdentityHashMap<>();
  private final Map<Scalar, Integer> registers = new IdentityHashMap<>();
  private final Map<ScalarOp, Integer> numbered = new HashMap<>();
  private final List<ScalarOp> ops = new ArrayList<>();
  private final List<Integer> opLevels = new ArrayList<>();
  private final List<PassWriter> passes = new ArrayList<>();

  Planner(Formula formula) {
    this.formula = formula;
    IntStream.range(0, formula.states().size())
        .forEach(i -> states.put(formula.states().get(i), i));
    IntStream.range(0, formula.hypers().size())
        .forEach(i -> hypers.put(formula.hypers().get(i), i));
  }

  Plan plan() {
    int last = level(formula.next());
    for (State state : formula.states()) {
      last = Math.max(last, level(formula.next(state)));
    }
    for (int i = 0; i <= last; i++) {
      passes.add(new PassWriter(i));
    }
    PassWriter writer = passes.get(last);
    int next = writer.value(formula.next());
    List<Integer> nextStates =
        formula.states().stream().map(state -> writer.value(formula.next(state))).toList();
    for (int i = 0; i < nextStates.size(); i++) {
      writer.store(new Plan.Source.Remembered(i), nextStates.get(i));
    }
    writer.store(new Plan.Source.Values(), next);
    return sorted();
  }

  /** The program sorted by level, with registers renamed to match. */
  private Plan sorted() {
    List<Integer> order =
        IntStream.range(0, ops.size())
            .boxed()
            .sorted((a, b) -> Integer.compare(opLevels.get(a), opLevels.get(b)))
            .toList();
    int[] renamed = new int[ops.size()];
    for (int i = 0; i < order.size(); i++) {
      renamed[order.get(i)] = i;
    }
    ScalarProgram program =
        new ScalarProgram(
            order.stream().map(i -> rename(ops.get(i), renamed)).toList(),
            order.stream().map(opLevels::get).toList());
    return new Plan(formula, program, passes.stream().map(pass -> pass.trip(renamed)).toList());
  }

  private static ScalarOp rename(ScalarOp op, int[] to) {
    return switch (op) {
      case ScalarOp.Constant _,
          ScalarOp.Hyper _,
          ScalarOp.Time _,
          ScalarOp.Elements _,
          ScalarOp.Reduced _ ->
          op;
      case ScalarOp.Unary(var kind, int x) -> new ScalarOp.Unary(kind, to[x]);
      case ScalarOp.Binary(var kind, int x, int y) -> new ScalarOp.Binary(kind, to[x], to[y]);
      case ScalarOp.Select(var kind, int x, int y, int then, int otherwise) ->
          new ScalarOp.Select(kind, to[x], to[y], to[then], to[otherwise]);
    };
  }

  /** How many passes must have run before this node is known. */
  private int level(Expr expr) {
    Integer known = levels.get(expr);
    if (known != null) {
      return known;
    }
    int level = 0;
    for (Expr part : Expr.bottomUp(expr)) {
      level =
          switch (part) {
            case Scalar scalar -> scalarLevel(scalar);
            case Tensor tensor -> tensorLevel(tensor);
          };
      levels.put(part, level);
    }
    return level;
  }

  private int scalarLevel(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant _, Scalar.Hyper _, Scalar.Time _, Scalar.Elements _ -> 0;
      case Scalar.Unary(var _, Scalar x) -> level(x);
      case Scalar.Binary(var _, Scalar x, Scalar y) -> Math.max(level(x), level(y));
      case Scalar.Select(var _, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          Math.max(Math.max(level(x), level(y)), Math.max(level(then), level(otherwise)));
      case Scalar.Reduce(var _, var _, Tensor of) -> level(of) + 1;
      case Scalar.Ref(Assignment line) -> level(line.value());
    };
  }

  private int tensorLevel(Tensor tensor) {
    return switch (tensor) {
      case Tensor.Gradient _, Tensor.Parameter _, Tensor.Old _ -> 0;
      case Tensor.Spent _ ->
          throw new FormulaException(
              "a line after the descent reads the direction, which has been used up; put it"
                  + " before");
      case Tensor.Ref(Assignment line) -> level(line.value());
      case Tensor.Spread(Scalar of) -> level(of);
      case Tensor.Unary(var _, Tensor x) -> level(x);
      case Tensor.Binary(var _, Tensor x, Tensor y) -> Math.max(level(x), level(y));
      case Tensor.Select(var _, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
          Math.max(Math.max(level(x), level(y)), Math.max(level(then), level(otherwise)));
    };
  }

  /** The register of the program that holds a scalar. */
  private int register(Scalar scalar) {
    Integer known = registers.get(scalar);
    if (known == null) {
      known =
          scalar instanceof Scalar.Ref(Assignment line)
              ? register((Scalar) line.value())
              : number(compile(scalar), level(scalar));
      registers.put(scalar, known);
    }
    return known;
  }

  private ScalarOp compile(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant(double value) -> new ScalarOp.Constant(value);
      case Scalar.Hyper hyper -> new ScalarOp.Hyper(index(hyper));
      case Scalar.Time _ -> new ScalarOp.Time();
      case Scalar.Elements(Scope scope) -> new ScalarOp.Elements(scope);
      case Scalar.Unary(var op, Scalar x) -> new ScalarOp.Unary(op, register(x));
      case Scalar.Binary(var op, Scalar x, Scalar y) ->
          new ScalarOp.Binary(op, register(x), register(y));
      case Scalar.Select(var op, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          new ScalarOp.Select(op, register(x), register(y), register(then), register(otherwise));
      case Scalar.Reduce reduce -> {
        PassWriter pass = passes.get(level(reduce.of()));
        yield new ScalarOp.Reduced(pass.index, pass.reduce(reduce), reduce.scope());
      }
      case Scalar.Ref _ -> throw new IllegalStateException("a reference has no instruction");
    };
  }

  private int index(Scalar.Hyper hyper) {
    Integer index = hypers.get(hyper);
    if (index == null) {
      throw new FormulaException(
          "hyperparameter '%s.%s' was not declared by Step.hyper"
              .formatted(hyper.scope(), hyper.name()));
    }
    return index;
  }

  private int number(ScalarOp op, int level) {
    return numbered.computeIfAbsent(
        op,
        fresh -> {
          ops.add(fresh);
          opLevels.add(level);
          return ops.size() - 1;
        });
  }

  /** Writes the instructions of one pass, each value once. */
  private final class PassWriter {
    private final int index;
    private final List<Op> instructions = new ArrayList<>();
    private final Map<Op, Integer> values = new HashMap<>();
    private final Map<Tensor, Integer> positions = new IdentityHashMap<>();
    private final List<Plan.Source> buffers = new ArrayList<>();
    private final List<Integer> scalars = new ArrayList<>();
    private final List<Scope> scopes = new ArrayList<>();

    PassWriter(int index) {
      this.index = index;
    }

    /** Position of the instruction that yields a tensor's element. */
    int value(Tensor tensor) {
      Integer known = positions.get(tensor);
      if (known != null) {
        return known;
      }
      int position = 0;
      for (Expr part : Expr.bottomUp(tensor)) {
        switch (part) {
          case Scalar scalar -> register(scalar);
          case Tensor.Ref(Assignment line) -> position = value((Tensor) line.value());
          case Tensor made -> position = emit(compile(made));
        }
        if (part instanceof Tensor made) {
          positions.put(made, position);
        }
      }
      return position;
    }

    private Op compile(Tensor tensor) {
      return switch (tensor) {
        case Tensor.Gradient _ -> new Op.Load(buffer(new Plan.Source.Gradient()));
        case Tensor.Parameter _ -> new Op.Load(buffer(new Plan.Source.Values()));
        case Tensor.Old(State state) -> {
          Integer index = states.get(state);
          if (index == null) {
            throw new FormulaException(
                "state '%s' belongs to another formula".formatted(state.key()));
          }
          yield new Op.Load(buffer(new Plan.Source.Remembered(index)));
        }
        case Tensor.Spread(Scalar of) -> new Op.Spread(slot(register(of)));
        case Tensor.Unary(var op, Tensor x) -> new Op.Unary(op, value(x));
        case Tensor.Binary(var op, Tensor x, Tensor y) -> new Op.Binary(op, value(x), value(y));
        case Tensor.Select(var op, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
            new Op.Select(op, value(x), value(y), value(then), value(otherwise));
        case Tensor.Ref _, Tensor.Spent _ ->
            throw new IllegalStateException("has no instruction: " + tensor.getClass());
      };
    }

    private int emit(Op op) {
      Integer known = values.get(op);
      if (known == null) {
        instructions.add(op);
        known = instructions.size() - 1;
        values.put(op, known);
      }
      return known;
    }

    private int buffer(Plan.Source source) {
      return position(buffers, source);
    }

    private int slot(int register) {
      return position(scalars, register);
    }

    int reduce(Scalar.Reduce reduce) {
      int x = value(reduce.of());
      for (int slot = 0; slot < scopes.size(); slot++) {
        if (scopes.get(slot) == reduce.scope()
            && values.containsKey(new Op.Reduce(reduce.kind(), x, slot))) {
          return slot;
        }
      }
      emit(new Op.Reduce(reduce.kind(), x, scopes.size()));
      scopes.add(reduce.scope());
      return scopes.size() - 1;
    }

    void store(Plan.Source source, int x) {
      instructions.add(new Op.Store(buffer(source), x));
    }

    Plan.Trip trip(int[] renamed) {
      return new Plan.Trip(
          new Pass(buffers.size(), scalars.size(), instructions),
          buffers,
          scalars.stream().map(register -> renamed[register]).toList(),
          scopes);
    }

    private static <T> int position(List<T> list, T element) {
      int known = list.indexOf(element);
      if (known >= 0) {
        return known;
      }
      list.add(element);
      return list.size() - 1;
    }
  }
}
