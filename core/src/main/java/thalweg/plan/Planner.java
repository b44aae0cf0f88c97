package thalweg.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Assignment;
import thalweg.formula.BinaryOp;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Extents;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Notice;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Tensor;

/**
 * Arranges a formula into trips over memory. It shares common sub-expressions and reorders nothing.
 *
 * <p>Every node gets a level: the number of levels of trips that must have run before it is known.
 * A reduction is one level above what it reduces. All writes happen on the last level; what an
 * earlier trip computed for its reductions is computed again from memory that nobody has changed.
 *
 * <p>Numbers that are fewer than the elements (of rows, of columns) have trips of their own, over
 * their own memory; elements meet them one level later, read from scratch memory.
 */
final class Planner {
  /** A trip that is being written: all of one level over one domain. */
  private record Place(int level, Extent domain) implements Comparable<Place> {
    /** Elements first: what is fewer is still unwritten while they read it. */
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::level).thenComparing(place -> rank(place.domain()));

    private static int rank(Extent domain) {
      return domain == Extent.MATRIX ? Extent.values().length : domain.ordinal();
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private final Formula formula;
  private final Map<State, Integer> states = new HashMap<>();
  private final Map<ScalarState, Integer> numbers = new HashMap<>();
  private final Map<Scalar.Hyper, Integer> hypers = new HashMap<>();

  private final Map<Expr, Integer> levels = new IdentityHashMap<>();
  private final Extents extents = new Extents();
  private final Map<Scalar, Integer> registers = new IdentityHashMap<>();
  private final Map<Tensor, Plan.Source> homes = new IdentityHashMap<>();
  private final Map<ScalarOp, Integer> numbered = new HashMap<>();
  private final List<ScalarOp> ops = new ArrayList<>();
  private final List<Integer> opLevels = new ArrayList<>();
  private final List<Extent> scratch = new ArrayList<>();
  private final TreeMap<Place, TripWriter> trips = new TreeMap<>();
  private final List<TripWriter> resting = new ArrayList<>();

  Planner(Formula formula) {
    this.formula = formula;
    IntStream.range(0, formula.states().size())
        .forEach(i -> states.put(formula.states().get(i), i));
    IntStream.range(0, formula.numbers().size())
        .forEach(i -> numbers.put(formula.numbers().get(i), i));
    IntStream.range(0, formula.hypers().size())
        .forEach(i -> hypers.put(formula.hypers().get(i), i));
  }

  Plan plan() {
    List<Tensor> nextStates = formula.states().stream().map(formula::next).toList();
    List<Scalar> nextNumbers = formula.numbers().stream().map(formula::next).toList();
    int last = level(formula.next(), Extent.ELEMENT);
    for (int i = 0; i < nextStates.size(); i++) {
      last = Math.max(last, level(nextStates.get(i), formula.states().get(i).extent()));
    }
    for (Scalar next : nextNumbers) {
      last = Math.max(last, level(next) - 1);
    }
    for (Notice notice : formula.notices()) {
      last = Math.max(last, level(notice.when()) - 1);
      for (Scalar value : notice.values()) {
        last = Math.max(last, level(value) - 1);
      }
    }
    int nextValue = stores(formula.next()) ? at(last, Extent.ELEMENT).value(formula.next()) : -1;
    for (int i = 0; i < nextStates.size(); i++) {
      store(formula.states().get(i), nextStates.get(i), last, i);
    }
    if (nextValue >= 0) {
      at(last, Extent.ELEMENT).store(new Plan.Source.Values(), nextValue);
    }
    List<Integer> nextRegisters = nextNumbers.stream().map(this::register).toList();
    List<Plan.Announcement> notices =
        formula.notices().stream()
            .map(notice ->
                new Plan.Announcement(
                    register(notice.when()),
                    notice.text(),
                    notice.values().stream().map(this::register).toList()))
            .toList();
    return sorted(nextRegisters, notices, rest());
  }

  /** What is done while the formula pauses; null if it never does, or not for all tensors alike. */
  private Plan.@Nullable Rest rest() {
    Scalar pause = formula.pause();
    if (pause == null) {
      return null;
    }
    int level = level(pause);
    for (State state : formula.states()) {
      if (formula.isAwake(state)) {
        level = Math.max(level, level(formula.next(state), state.extent()));
      }
    }
    for (ScalarState number : formula.numbers()) {
      if (formula.isAwake(number)) {
        level = Math.max(level, level(formula.next(number)));
      }
    }
    TreeMap<Place, TripWriter> writers = new TreeMap<>();
    for (int i = 0; i < formula.states().size(); i++) {
      State state = formula.states().get(i);
      if (formula.isAwake(state)) {
        TripWriter writer =
            writers.computeIfAbsent(new Place(level, state.extent()), TripWriter::new);
        writer.store(new Plan.Source.Remembered(i), writer.value(formula.next(state)));
      }
    }
    int register = register(pause);
    resting.addAll(writers.values());
    return new Plan.Rest(register, level, List.of());
  }

  private void store(State state, Tensor next, int last, int index) {
    if (next instanceof Tensor.Old(State same) && same == state) {
      return;
    }
    Extent extent = extent(next);
    if (extent != null && extent != state.extent() && state.extent() != Extent.ELEMENT) {
      throw new FormulaException(
          "state '%s' is remembered for each %s, its next value is one for each %s"
              .formatted(state.key(), word(state.extent()), word(extent)));
    }
    TripWriter writer = at(last, state.extent());
    writer.store(new Plan.Source.Remembered(index), writer.value(next));
  }

  /** Whether the parameter is moved at all. */
  private static boolean stores(Tensor next) {
    return !(next instanceof Tensor.Parameter);
  }

  private TripWriter at(int level, Extent domain) {
    return trips.computeIfAbsent(new Place(level, domain), TripWriter::new);
  }

  /** The program sorted by level, with registers and trips renamed to match. */
  private Plan sorted(
      List<Integer> nextNumbers, List<Plan.Announcement> notices, Plan.@Nullable Rest rest) {
    List<Integer> order =
        IntStream.range(0, ops.size())
            .boxed()
            .sorted((a, b) -> Integer.compare(opLevels.get(a), opLevels.get(b)))
            .toList();
    int[] renamed = new int[ops.size()];
    for (int i = 0; i < order.size(); i++) {
      renamed[order.get(i)] = i;
    }
    List<TripWriter> inOrder = List.copyOf(trips.values());
    int[] tripOf = new int[inOrder.size()];
    for (int i = 0; i < inOrder.size(); i++) {
      tripOf[inOrder.get(i).number] = i;
    }
    ScalarProgram program =
        new ScalarProgram(
            order.stream().map(i -> rename(ops.get(i), renamed, tripOf)).toList(),
            order.stream().map(opLevels::get).toList());
    Plan plan =
        new Plan(
            formula,
            program,
            inOrder.stream().map(trip -> trip.trip(renamed)).toList(),
            scratch,
            nextNumbers.stream().map(register -> renamed[register]).toList(),
            notices.stream()
                .map(notice ->
                    new Plan.Announcement(
                        renamed[notice.when()],
                        notice.text(),
                        notice.values().stream().map(register -> renamed[register]).toList()))
                .toList(),
            rest == null || differsBetweenTensors(program, renamed[rest.register()])
                ? null
                : new Plan.Rest(
                    renamed[rest.register()],
                    rest.level(),
                    resting.stream().map(trip -> trip.trip(renamed)).toList()));
    for (int i = 0; i < formula.numbers().size(); i++) {
      ScalarState number = formula.numbers().get(i);
      if (number.scope() == Scope.MODEL && differsBetweenTensors(program, plan.numbers().get(i))) {
        throw new FormulaException(
            ("number '%s' belongs to the group, but its next value differs from tensor to tensor;"
                    + " reduce over the model or remember a number for each tensor")
                .formatted(number.key()));
      }
    }
    for (Plan.Announcement notice : plan.notices()) {
      if (differsBetweenTensors(program, notice.when())) {
        throw new FormulaException(
            "the notice '%s' may be due for one tensor and not for another; make its condition one of the group"
                .formatted(notice.text()));
      }
    }
    return plan;
  }

  /** Whether a register may hold another number for another tensor. */
  private static boolean differsBetweenTensors(ScalarProgram program, int register) {
    return switch (program.ops().get(register)) {
      case ScalarOp.Constant _, ScalarOp.Hyper _ -> false;
      case ScalarOp.Time _, ScalarOp.Shared _, ScalarOp.Rank _ -> true;
      case ScalarOp.Elements(Scope scope) -> scope == Scope.TENSOR;
      case ScalarOp.Old(int _, Scope scope) -> scope == Scope.TENSOR;
      case ScalarOp.Reduced(int _, int _, Scope scope) -> scope == Scope.TENSOR;
      case ScalarOp.Unary(var _, int x) -> differsBetweenTensors(program, x);
      case ScalarOp.Binary(var _, int x, int y) ->
          differsBetweenTensors(program, x) || differsBetweenTensors(program, y);
      case ScalarOp.Select(var _, int x, int y, int then, int otherwise) ->
          IntStream.of(x, y, then, otherwise)
              .anyMatch(part -> differsBetweenTensors(program, part));
    };
  }

  private static ScalarOp rename(ScalarOp op, int[] to, int[] tripOf) {
    return switch (op) {
      case ScalarOp.Constant _,
          ScalarOp.Hyper _,
          ScalarOp.Time _,
          ScalarOp.Elements _,
          ScalarOp.Shared _,
          ScalarOp.Rank _,
          ScalarOp.Old _ ->
          op;
      case ScalarOp.Reduced(int trip, int slot, Scope scope) ->
          new ScalarOp.Reduced(tripOf[trip], slot, scope);
      case ScalarOp.Unary(var kind, int x) -> new ScalarOp.Unary(kind, to[x]);
      case ScalarOp.Binary(var kind, int x, int y) -> new ScalarOp.Binary(kind, to[x], to[y]);
      case ScalarOp.Select(var kind, int x, int y, int then, int otherwise) ->
          new ScalarOp.Select(kind, to[x], to[y], to[then], to[otherwise]);
    };
  }

  /** How many levels of trips must have run before this node is known. */
  private int level(Expr expr) {
    Integer known = levels.get(expr);
    if (known != null) {
      return known;
    }
    int level = 0;
    for (Expr part : Expr.bottomUp(expr, levels::containsKey)) {
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
      case Scalar.Constant _,
          Scalar.Hyper _,
          Scalar.Time _,
          Scalar.Elements _,
          Scalar.Shared _,
          Scalar.Rank _,
          Scalar.Old _ ->
          0;
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
      case Tensor.Gradient _, Tensor.Noise _, Tensor.Also _, Tensor.Parameter _, Tensor.Old _ -> 0;
      case Tensor.Spent _ ->
          throw new FormulaException(
              "a line after the descent reads the direction, which has been used up; put it"
                  + " before");
      case Tensor.Ref(Assignment line) -> level(line.value());
      case Tensor.Spread(Scalar of) -> level(of);
      case Tensor.Along(var _, var _, Tensor of) -> level(of) + 1;
      case Tensor.Unary(var _, Tensor x) -> level(x);
      case Tensor.Binary(var _, Tensor x, Tensor y) -> {
        Extent domain = extent(tensor);
        yield Math.max(level(x, domain), level(y, domain));
      }
      case Tensor.Select(var _, Tensor x, Tensor y, Tensor then, Tensor otherwise) -> {
        Extent domain = extent(tensor);
        yield Math.max(
            Math.max(level(x, domain), level(y, domain)),
            Math.max(level(then, domain), level(otherwise, domain)));
      }
    };
  }

  /** The level at which a trip over a domain can read a value. */
  private int level(Tensor value, @Nullable Extent domain) {
    boolean computedElsewhere = isFewer(value, domain) && !isInMemory(value);
    return level(value) + (computedElsewhere ? 1 : 0);
  }

  /** Whether a value belongs to another, smaller domain. */
  private boolean isFewer(Tensor value, @Nullable Extent domain) {
    Extent extent = extent(value);
    return extent != null && extent != domain;
  }

  private static boolean isInMemory(Tensor value) {
    return switch (value) {
      case Tensor.Old _, Tensor.Along _ -> true;
      case Tensor.Ref(Assignment line) -> isInMemory((Tensor) line.value());
      default -> false;
    };
  }

  private @Nullable Extent extent(Tensor tensor) {
    return extents.of(tensor);
  }

  private static String word(Extent extent) {
    return extent.name().toLowerCase(Locale.ROOT);
  }

  /** The register of the program that holds a scalar. */
  private int register(Scalar scalar) {
    Integer known = registers.get(scalar);
    if (known == null) {
      for (Expr part : Expr.bottomUp(scalar, registers::containsKey)) {
        if (part instanceof Scalar made && !registers.containsKey(made)) {
          registers.put(
              made,
              made instanceof Scalar.Ref(Assignment line)
                  ? register((Scalar) line.value())
                  : number(compile(made), level(made)));
        }
      }
      known = registers.get(scalar);
    }
    if (known == null) {
      throw new IllegalStateException("no register for " + scalar);
    }
    return known;
  }

  private ScalarOp compile(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant(double value) -> new ScalarOp.Constant(value);
      case Scalar.Hyper hyper -> new ScalarOp.Hyper(index(hyper));
      case Scalar.Time _ -> new ScalarOp.Time();
      case Scalar.Elements(Scope scope) -> new ScalarOp.Elements(scope);
      case Scalar.Shared(Extent extent) -> new ScalarOp.Shared(extent);
      case Scalar.Rank _ -> new ScalarOp.Rank();
      case Scalar.Old(ScalarState number) -> {
        Integer index = numbers.get(number);
        if (index == null) {
          throw new FormulaException(
              "number '%s' belongs to another formula".formatted(number.key()));
        }
        yield new ScalarOp.Old(index, number.scope());
      }
      case Scalar.Unary(var op, Scalar x) -> new ScalarOp.Unary(op, register(x));
      case Scalar.Binary(var op, Scalar x, Scalar y) ->
          new ScalarOp.Binary(op, register(x), register(y));
      case Scalar.Select(var op, Scalar x, Scalar y, Scalar then, Scalar otherwise) ->
          new ScalarOp.Select(op, register(x), register(y), register(then), register(otherwise));
      case Scalar.Reduce reduce -> {
        Extent extent = extent(reduce.of());
        TripWriter trip = at(level(reduce.of()), extent == null ? Extent.ELEMENT : extent);
        int slot = trip.reduce(reduce.kind(), reduce.of(), new Plan.Result.Over(reduce.scope()));
        yield new ScalarOp.Reduced(trip.number, slot, reduce.scope());
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

  /** Where the numbers of a smaller domain lie, computed by a trip of their own if need be. */
  private Plan.Source home(Tensor value) {
    Plan.Source known = homes.get(value);
    if (known == null) {
      known =
          switch (value) {
            case Tensor.Old(State state) -> new Plan.Source.Remembered(index(state));
            case Tensor.Ref(Assignment line) -> home((Tensor) line.value());
            case Tensor.Along along -> reduced(along);
            default -> computed(value);
          };
      homes.put(value, known);
    }
    return known;
  }

  private Plan.Source computed(Tensor value) {
    Extent extent = extent(value);
    if (extent == null) {
      throw new IllegalStateException("the same for all elements: " + value);
    }
    TripWriter trip = at(level(value), extent);
    Plan.Source home = scratch(extent);
    trip.store(home, trip.value(value));
    return home;
  }

  private Plan.Source reduced(Tensor.Along along) {
    Extent from = extent(along.of());
    boolean possible =
        from == Extent.ELEMENT
            ? along.extent() != Extent.ELEMENT
            : along.extent() == Extent.MATRIX && (from == Extent.ROW || from == Extent.COLUMN);
    if (from == null || !possible) {
      throw new FormulaException(
          "what has one number for each %s cannot be reduced to one for each %s"
              .formatted(from == null ? "tensor" : word(from), word(along.extent())));
    }
    TripWriter trip = at(level(along.of()), from);
    Plan.Source.Scratch home = scratch(along.extent());
    if (along.extent().runsAlong()) {
      trip.accumulate(along.kind(), along.of(), home);
    } else {
      trip.reduce(along.kind(), along.of(), new Plan.Result.Into(home.index()));
    }
    return home;
  }

  private Plan.Source.Scratch scratch(Extent extent) {
    scratch.add(extent);
    return new Plan.Source.Scratch(scratch.size() - 1);
  }

  private int index(State state) {
    Integer index = states.get(state);
    if (index == null) {
      throw new FormulaException("state '%s' belongs to another formula".formatted(state.key()));
    }
    return index;
  }

  /** Writes the instructions of one trip, each value once. */
  private final class TripWriter {
    private final Place place;
    private final int number = trips.size();
    private final List<Op> instructions = new ArrayList<>();
    private final List<Op.Store> stores = new ArrayList<>();
    private final Map<Op, Integer> values = new HashMap<>();
    private final Map<Tensor, Integer> positions = new IdentityHashMap<>();
    private final List<Plan.Source> buffers = new ArrayList<>();
    private final List<Plan.Argument> arguments = new ArrayList<>();
    private final List<Plan.Result> results = new ArrayList<>();
    private final List<Plan.Column> columns = new ArrayList<>();
    private final Map<Integer, Extent> aside = new TreeMap<>();

    TripWriter(Place place) {
      this.place = place;
    }

    /** Position of the instruction that yields a tensor's element. */
    int value(Tensor tensor) {
      Integer known = positions.get(tensor);
      if (known != null) {
        return known;
      }
      int position = 0;
      for (Expr part : Expr.bottomUp(tensor, this::isNothingBelow)) {
        if (positions.get(part) instanceof Integer there) {
          position = there;
          continue;
        }
        switch (part) {
          case Scalar scalar -> register(scalar);
          case Tensor made when isElsewhere(made) -> position = fetch(made);
          case Tensor.Ref(Assignment line) -> position = value((Tensor) line.value());
          case Tensor made -> position = emit(compile(made));
        }
        if (part instanceof Tensor made) {
          positions.put(made, position);
        }
      }
      return position;
    }

    /** Whether what an expression is made of is known already, or is no part of this trip. */
    private boolean isNothingBelow(Expr expr) {
      return switch (expr) {
        case Scalar scalar -> registers.containsKey(scalar);
        case Tensor tensor -> positions.containsKey(tensor) || isElsewhere(tensor);
      };
    }

    private boolean isElsewhere(Tensor tensor) {
      return tensor instanceof Tensor.Along || isFewer(tensor, place.domain());
    }

    /** Reads numbers of a smaller domain, or ones that an earlier trip has reduced. */
    private int fetch(Tensor tensor) {
      Extent extent = extent(tensor);
      Plan.Source home = home(tensor);
      if (extent == place.domain()) {
        return emit(new Op.Load(buffer(home)));
      }
      if (extent == null || !extent.runsAlong()) {
        return emit(new Op.Spread(slot(new Plan.Argument.Shared(home))));
      }
      int buffer = buffer(home);
      beside(buffer, extent);
      return emit(new Op.Load(buffer));
    }

    private void beside(int buffer, Extent extent) {
      aside.put(buffer, extent);
      if (aside.values().stream().anyMatch(other -> other != extent)) {
        throw new FormulaException(
            "one pass reads numbers of columns and of units, which lie in different orders; put"
                + " these links into different optimizers, or use rows");
      }
    }

    private Op compile(Tensor tensor) {
      return switch (tensor) {
        case Tensor.Gradient _ -> new Op.Load(buffer(new Plan.Source.Gradient()));
        case Tensor.Noise(long seed, String stream) ->
            new Op.Load(buffer(new Plan.Source.Drawn(seed, stream)));
        case Tensor.Also(Assignment line) ->
            new Op.Load(buffer(new Plan.Source.Evaluated(formula.evaluations().indexOf(line))));
        case Tensor.Parameter _ -> new Op.Load(buffer(new Plan.Source.Values()));
        case Tensor.Old(State state) ->
            new Op.Load(buffer(new Plan.Source.Remembered(index(state))));
        case Tensor.Spread(Scalar of) ->
            new Op.Spread(slot(new Plan.Argument.Register(register(of))));
        case Tensor.Unary(var op, Tensor x) -> new Op.Unary(op, value(x));
        case Tensor.Binary(var op, Tensor x, Tensor y) -> new Op.Binary(op, value(x), value(y));
        case Tensor.Select(var op, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
            new Op.Select(op, value(x), value(y), value(then), value(otherwise));
        case Tensor.Along _, Tensor.Ref _, Tensor.Spent _ ->
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

    private int slot(Plan.Argument argument) {
      return position(arguments, argument);
    }

    int reduce(Reduction kind, Tensor of, Plan.Result result) {
      int x = value(of);
      for (int slot = 0; slot < results.size(); slot++) {
        if (results.get(slot).equals(result) && values.containsKey(new Op.Reduce(kind, x, slot))) {
          return slot;
        }
      }
      emit(new Op.Reduce(kind, x, results.size()));
      results.add(result);
      return results.size() - 1;
    }

    /** Reduces over elements that are not neighbours, in a buffer that stays while they pass. */
    void accumulate(Reduction kind, Tensor of, Plan.Source.Scratch home) {
      int x = value(of);
      int buffer = buffer(home);
      beside(buffer, scratch.get(home.index()));
      int before = emit(new Op.Load(buffer));
      BinaryOp combine =
          switch (kind) {
            case SUM -> BinaryOp.ADD;
            case MAX -> BinaryOp.MAX;
          };
      stores.add(new Op.Store(buffer, emit(new Op.Binary(combine, before, x))));
      columns.add(new Plan.Column(buffer, kind, home.index()));
    }

    void store(Plan.Source source, int x) {
      stores.add(new Op.Store(buffer(source), x));
    }

    Plan.Trip trip(int[] renamed) {
      instructions.addAll(stores);
      boolean strips =
          !aside.isEmpty()
              || arguments.stream().anyMatch(Plan.Argument.Shared.class::isInstance)
              || results.stream().anyMatch(Plan.Result.Into.class::isInstance);
      Pass pass = new Pass(buffers.size(), arguments.size(), instructions, strips, aside.keySet());
      return new Plan.Trip(
          pass,
          place.level(),
          place.domain(),
          buffers,
          arguments.stream()
              .map(argument ->
                  argument instanceof Plan.Argument.Register(int index)
                      ? new Plan.Argument.Register(renamed[index])
                      : argument)
              .toList(),
          results,
          columns);
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
