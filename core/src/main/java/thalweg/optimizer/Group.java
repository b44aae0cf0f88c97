package thalweg.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import thalweg.account.MemoryAccount;
import thalweg.account.Precision;
import thalweg.account.Zero;
import thalweg.execute.Engine;
import thalweg.execute.FiniteSearch;
import thalweg.execute.Member;
import thalweg.execute.PlanEngine;
import thalweg.formula.Assignment;
import thalweg.formula.Chain;
import thalweg.formula.Clock;
import thalweg.formula.Formula;
import thalweg.formula.Remembered;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Schedule;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.Region;
import thalweg.memory.Rounding;
import thalweg.memory.SparseRows;
import thalweg.plan.Plan;
import thalweg.plan.Sparsity;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.transforms.Unscale;

/**
 * Parameters that share a rule and its hyperparameters. Any hyperparameter can be changed between
 * two steps: a number costs nothing, a switch such as {@code nesterov} writes the formula anew and
 * keeps the state that both formulas have.
 */
public final class Group {
  /** What masters are kept under, beside the states of rules. */
  static final String MASTER = "master/value";

  private final String name;
  private final List<Parameter> parameters;
  private final EngineFactory engines;
  private final Region memory;
  private final Storage storage;
  private final Clock clock;
  private final boolean unscales;
  private final Map<String, Buffer> masters = new LinkedHashMap<>();
  private final Map<String, Map<String, Buffer>> stateByKey = new LinkedHashMap<>();
  private List<Member> members = List.of();
  private double[] groupNumbers = {};
  private final List<Table> tables = new ArrayList<>();
  private Evaluations evaluations = Evaluations.none();
  private Needs needs = Needs.GRADIENTS;
  private Transformation rule;
  private Formula formula;
  private Plan plan;
  private Engine engine;
  private double[] hypers;
  private double[] handed = {}; // to the engine: the loss scale, if there is one, and the hypers
  private Drives drives;
  private boolean rebound = true;
  private @Nullable String refusal; // of sparse gradients; asked when the first one comes

  /** Makes the engines that carry out plans. */
  @FunctionalInterface
  interface EngineFactory {
    /**
     * @param asked hears of notices in place of the user, from an engine that does not update but
     *     looks at all members, also those without a gradient; null for the update itself
     */
    Engine make(
        Plan plan, List<Member> members, double[] groupNumbers, @Nullable Consumer<String> asked);
  }

  /** All versions of a state that has one for each term, and the one that the update sees. */
  private record Table(int terms, Buffer all, Buffer current) {}

  Group(
      String name,
      List<Parameter> parameters,
      Transformation rule,
      EngineFactory engines,
      Region memory,
      Storage storage,
      Clock clock,
      boolean unscales) {
    StateName.checkGroup(name);
    this.name = name;
    this.unscales = unscales;
    this.clock = clock;
    this.parameters = List.copyOf(parameters);
    this.engines = engines;
    this.memory = memory;
    this.storage = storage;
    this.rule = rule;
    formula = Formula.of(rule);
    plan = plan(rule, formula);
    hypers = values(formula);
    drives = drives(rule, formula);
    drives.write(hypers);
    engine = build(List.of());
    for (Parameter parameter : parameters) {
      check(parameter.name(), parameter.value().type());
    }
  }

  /** With a loss scale, the division by it comes first and shares the passes of the rule. */
  private Plan plan(Transformation of, Formula written) {
    if (!unscales) {
      return Plan.of(written);
    }
    if (written.needsTerms()) {
      throw new IllegalArgumentException(
          "%s compares gradients of single terms, which cannot be unscaled; build without lossScaling"
              .formatted(of.name()));
    }
    return Plan.of(Formula.of(Chain.of(new Unscale(1), of)));
  }

  private void check(String parameter, NumberType type) {
    if (!engine.takes(type)) {
      throw new IllegalArgumentException(
          "parameter '%s' is %s, which only backend reference takes; choose it or use FLOAT32"
              .formatted(parameter, type));
    }
    if (type == NumberType.FLOAT16 && !storage.hasMaster(type)) {
      throw new IllegalArgumentException(
          "parameter '%s' is FLOAT16, whose steps are too coarse to train in; keep masters, or use BFLOAT16"
              .formatted(parameter));
    }
  }

  public String name() {
    return name;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** The rule with the values that are in force now; what follows a schedule has that. */
  public Transformation rule() {
    return rule;
  }

  /** What an update computes. */
  public Formula formula() {
    return formula;
  }

  /** How it is carried out. */
  public Plan plan() {
    return plan;
  }

  /** Number of elements of all parameters of the group. */
  public long elements() {
    return parameters.stream().mapToLong(Parameter::length).sum();
  }

  /** Bytes of float32 copies of shorter parameters. */
  public long masterBytes() {
    return masters.values().stream().mapToLong(Buffer::bytes).sum();
  }

  /** Bytes of state the group holds, single numbers included. */
  public long stateBytes() {
    long buffers =
        stateByKey.values().stream()
            .flatMap(states -> states.values().stream())
            .mapToLong(Buffer::bytes)
            .sum();
    long numbers =
        formula.numbers().stream()
            .mapToLong(number -> number.scope() == Scope.MODEL ? 1 : members.size())
            .sum();
    return buffers + numbers * Double.BYTES;
  }

  /**
   * Bytes of what a step needs on its way, all held from the first one on: noise, what passes hand
   * on to each other, further gradients, copies of the parameters while they are elsewhere.
   */
  public long workingBytes() {
    long ofTerms = tables.stream().mapToLong(table -> table.current().bytes()).sum();
    long ofMembers =
        members.stream()
            .mapToLong(member ->
                member.workingBytes() + member.evaluated().stream().mapToLong(Buffer::bytes).sum())
            .sum();
    return ofTerms + ofMembers + evaluations.originBytes();
  }

  /** Bytes of all it holds: masters, states, working memory. */
  public long heldBytes() {
    return masterBytes() + stateBytes() + workingBytes();
  }

  /** What its memory comes to by the formula. */
  public MemoryAccount account() {
    MemoryAccount account = new MemoryAccount(List.of());
    for (NumberType type : EnumSet.allOf(NumberType.class)) {
      List<List<Long>> shapes =
          members.stream()
              .filter(member -> member.shown().type() == type)
              .map(Member::shape)
              .toList();
      if (!shapes.isEmpty()) {
        account = account.plus(account(shapes, type));
      }
    }
    return account;
  }

  private MemoryAccount account(List<List<Long>> shapes, NumberType type) {
    NumberType own = engine.stateType();
    NumberType masters = storage.hasMaster(type) ? NumberType.FLOAT32 : null;
    NumberType states = storage.states().isLow() ? storage.states() : own;
    Precision precision = new Precision("", type, type, masters, states, own);
    return engine instanceof PlanEngine
        ? MemoryAccount.of(formula, shapes, precision, Zero.NONE)
        : MemoryAccount.withoutPlan(formula, shapes, precision);
  }

  /**
   * The value of a hyperparameter; of one that follows a schedule, a {@link Double}: the value of
   * the next update, and behind the end of its schedule the last.
   *
   * @param hyper its name, or {@code rule.name} where two links of a chain have one of that name
   */
  public Object get(String hyper) {
    Link link = Link.find(rule, hyper);
    OptionalDouble driven = drives.value(link.fullName(), clock);
    return driven.isPresent() ? (Object) driven.getAsDouble() : link.get();
  }

  /** The schedule that a hyperparameter follows; empty if it has a value of its own. */
  public Optional<Schedule> schedule(String hyper) {
    return Link.find(rule, hyper).get() instanceof Schedule schedule
        ? Optional.of(schedule)
        : Optional.empty();
  }

  /** All hyperparameters as text: {@code rule.name} to the value. */
  public Map<String, String> hyperparameters() {
    Map<String, String> values = new LinkedHashMap<>();
    Link.all(rule).forEach(link -> values.put(link.fullName(), link.get().toString()));
    return values;
  }

  /**
   * Changes a number, a switch or a choice, from the next step on. A {@link Schedule}, or its text,
   * drives a number from there on, at the time it is; a number takes its place again.
   *
   * @param hyper its name, or {@code rule.name} where two links of a chain have one of that name
   */
  public void set(String hyper, Object value) {
    Link link = Link.find(rule, hyper);
    Transformation changed = link.with(value);
    if (changed.equals(rule)) {
      return;
    }
    Formula rewritten = Formula.of(changed);
    if (terms(rewritten) != terms(formula) && members.stream().anyMatch(m -> m.updates() > 0)) {
      throw new IllegalArgumentException(
          "%s is set before the first update only; gradients of %d terms are remembered by now, make a new optimizer for %d"
              .formatted(hyper, terms(formula), terms(rewritten)));
    }
    if (Arrays.equals(values(rewritten), values(formula))
        && keys(rewritten).equals(keys(formula))
        && !initials(rewritten).equals(initials(formula))) {
      throw new IllegalArgumentException(
          "%s acts before the first update only; the state it sets exists by now".formatted(hyper));
    }
    Drives others = drives(changed, rewritten);
    adopt(changed, rewritten);
    drives = others;
    drives.write(hypers);
  }

  /** The schedules of a rule, with the values they have now. */
  private Drives drives(Transformation driven, Formula written) {
    Drives made = Drives.of(name, driven, written);
    made.schedules().forEach(clock::follow);
    made.compute(clock);
    return made;
  }

  /** Works out what the schedules say for the next update; what can fail, fails here. */
  void schedule() {
    drives.compute(clock);
  }

  /** Takes over what {@link #schedule()} has worked out. */
  void drive() {
    drives.write(hypers);
  }

  /** Goes on with another version of the rule; a new engine only where the structure is another. */
  private void adopt(Transformation changed, Formula rewritten) {
    Plan replanned = plan(changed, rewritten);
    boolean sameStructure =
        replanned.hasStructureOf(plan)
            && keys(rewritten).equals(keys(formula))
            && terms(rewritten) == terms(formula)
            && evaluations.serve(rewritten);
    List<ScalarState> before = formula.numbers();
    refusal = null;
    rule = changed;
    formula = rewritten;
    if (sameStructure) {
      System.arraycopy(values(rewritten), 0, hypers, 0, hypers.length);
      return;
    }
    plan = replanned;
    hypers = values(rewritten);
    engine = build(before);
  }

  /** Checks everything that could make a step fail, before anything is changed. */
  void check() {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Buffer value = parameter.value();
      Member member = members.get(i);
      if (parameter.shape() != member.shape() && !parameter.shape().equals(member.shape())) {
        throw new IllegalStateException(
            ("parameter '%s' was %s when the optimizer was made, it is %s now; make a new"
                    + " optimizer after changing shapes")
                .formatted(parameter.name(), member.shape(), parameter.shape()));
      }
      if (value.length() != member.length()) {
        throw new IllegalStateException(
            ("parameter '%s' had %d elements when the optimizer was made, it has %d now; make a new"
                    + " optimizer after changing shapes")
                .formatted(parameter.name(), member.length(), value.length()));
      }
      if (value.type() != member.shown().type()) {
        throw new IllegalStateException(
            ("parameter '%s' was %s when the optimizer was made, it is %s now; make a new optimizer"
                    + " after changing types")
                .formatted(parameter.name(), member.shown().type(), value.type()));
      }
      Buffer gradient = parameter.gradient();
      if (gradient != null
          && (gradient.length() != value.length() || !goesWith(gradient.type(), value.type()))) {
        throw new IllegalStateException(
            "the gradient of parameter '%s' is %s, its values are %s; they must match"
                .formatted(parameter.name(), gradient, value));
      }
      SparseRows sparse = parameter.sparseGradient();
      if (sparse != null) {
        check(parameter, sparse);
      }
      if (member.rebind(value, sparse == null ? gradient : null, sparse)) {
        rebound = true;
        evaluations.rebind();
      }
    }
  }

  /** Shorter parameters may have their own type of gradients, or float32. */
  private static boolean goesWith(NumberType gradient, NumberType value) {
    return gradient == value || gradient == NumberType.FLOAT32 && value.isLow();
  }

  private void check(Parameter parameter, SparseRows sparse) {
    if (storage.states() == NumberType.FLOAT8 && !formula.states().isEmpty()) {
      throw new IllegalStateException(
          "parameter '%s' has a sparse gradient, whose rows do not fit blocks of 8-bit states; keep states in BFLOAT16 or FLOAT32"
              .formatted(parameter.name()));
    }
    if (refusal == null) {
      refusal = Sparsity.refusal(plan).orElse("");
    }
    if (!refusal.isEmpty()) {
      throw new SparseGradientException(
          "parameter '%s' has a sparse gradient, but %s %s; use %s, or a dense gradient"
              .formatted(
                  parameter.name(),
                  rule instanceof Chain ? "the chain of group '" + name + "'" : rule.name(),
                  refusal,
                  takers()));
    }
    if (parameter.rank() == 0) {
      throw new IllegalStateException(
          "parameter '%s' is a single number and has no rows; give it a dense gradient"
              .formatted(parameter.name()));
    }
    List<Long> shape = parameter.shape();
    long rows = shape.getFirst();
    long columns = 1;
    for (int i = 1; i < shape.size(); i++) {
      columns *= shape.get(i);
    }
    if (!goesWith(sparse.values().type(), parameter.value().type())
        || sparse.columns() != columns) {
      throw new IllegalStateException(
          "the sparse gradient of parameter '%s' is %s, its values are %d rows of %d %s"
              .formatted(parameter.name(), sparse, rows, columns, parameter.value().type()));
    }
    for (int i = 0; i < sparse.count(); i++) {
      if (sparse.row(i) < 0 || sparse.row(i) >= rows) {
        throw new IllegalStateException(
            "the sparse gradient of parameter '%s' names row %d; its values are %d rows"
                .formatted(parameter.name(), sparse.row(i), rows));
      }
    }
  }

  /** The optimizers that take sparse gradients with their default options. */
  private static String takers() {
    return Catalogue.entries().stream()
        .filter(entry -> entry.kind() == CatalogueEntry.Kind.OPTIMIZER)
        .filter(entry -> Sparsity.refusal(Plan.of(Formula.of(entry.plain()))).isEmpty())
        .map(CatalogueEntry::id)
        .collect(Collectors.joining(", "));
  }

  /** Prepares the next step: what can fail, fails here. */
  void bind() {
    engine.bind(rebound);
    rebound = false;
  }

  /** The points at which it wants gradients. */
  Evaluations evaluations() {
    return evaluations;
  }

  /** How it keeps its numbers. */
  Storage storage() {
    return storage;
  }

  /** What its rule has to be given. */
  Needs needs() {
    return needs;
  }

  /** The terms it keeps apart; 0 if it does not. */
  int terms() {
    return tables.isEmpty() ? 0 : tables.getFirst().terms();
  }

  /** Goes to the point of an evaluation. */
  void leave(int evaluation) {
    evaluations.leave(evaluation, hypers);
  }

  /** Whether an evaluation is wanted for the next update. */
  boolean wants(int evaluation) {
    return evaluations.isWanted(evaluation, hypers);
  }

  /** Has the next update see what is remembered of a term. */
  void recall(int term) {
    for (int i = 0; i < tables.size(); i++) {
      Buffer current = tables.get(i).current();
      Buffer.copy(tables.get(i).all(), term * current.length(), current, 0, current.length());
    }
  }

  /** Remembers of a term what the update has left. */
  void remember(int term) {
    for (int i = 0; i < tables.size(); i++) {
      Buffer current = tables.get(i).current();
      Buffer.copy(current, 0, tables.get(i).all(), term * current.length(), current.length());
    }
  }

  /**
   * @param lossScale what the loss was multiplied with; counts only in a group that unscales
   */
  void step(double lossScale) {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.hasGradient()) {
        member.advance();
      }
    }
    engine.step(unscales ? handed(lossScale) : hypers);
  }

  private double[] handed(double lossScale) {
    if (handed.length != hypers.length + 1) {
      handed = new double[hypers.length + 1];
    }
    handed[0] = lossScale;
    System.arraycopy(hypers, 0, handed, 1, hypers.length);
    return handed;
  }

  /** Adds all gradients there are now to what is looked through. */
  void addGradients(FiniteSearch search) {
    for (int i = 0; i < members.size(); i++) {
      Buffer gradient = members.get(i).gradient();
      SparseRows sparse = members.get(i).sparse();
      if (gradient != null) {
        search.add(gradient, gradient.length());
      }
      if (sparse != null) {
        search.add(sparse.values(), sparse.count() * sparse.columns());
      }
    }
  }

  /** Saves what the schedules remember. */
  void saveProgress(Map<String, Double> progress) {
    drives.schedules().forEach(schedule -> clock.save(schedule, progress));
  }

  /** Puts what there is into a state; the tensors are the group's own memory, not copies. */
  void save(
      Map<String, StateTensor> tensors, Map<String, Long> updates, Map<String, String> values) {
    for (State state : formula.states()) {
      Map<String, Buffer> ofParameter = Objects.requireNonNull(stateByKey.get(state.key()));
      for (Member member : members) {
        Buffer buffer = Objects.requireNonNull(ofParameter.get(member.name()));
        tensors.put(
            name + "/" + state.key() + "/" + member.name(),
            new StateTensor(state.shape(member.shape()), buffer));
      }
    }
    for (Member member : members) {
      Buffer master = masters.get(member.name());
      if (master != null) {
        tensors.put(
            name + "/" + MASTER + "/" + member.name(), new StateTensor(member.shape(), master));
      }
    }
    for (int i = 0; i < formula.numbers().size(); i++) {
      ScalarState number = formula.numbers().get(i);
      String key = name + "/" + number.key();
      if (number.scope() == Scope.MODEL) {
        tensors.put(key, StateTensor.number(groupNumbers[i]));
      } else {
        for (Member member : members) {
          tensors.put(key + "/" + member.name(), StateTensor.number(member.numbers()[i]));
        }
      }
    }
    for (Member member : members) {
      updates.put(name + "/" + member.name(), member.updates());
    }
    hyperparameters().forEach((hyper, value) -> values.put(name + "/" + hyper, value));
  }

  /** Takes over what {@link Loading} has found to fit. */
  void load(Loading loading, OptimizerState state) {
    adopt(loading.rule(), loading.formula());
    drives = Drives.of(name, rule, formula);
    drives.schedules().forEach(schedule -> clock.load(schedule, state.progress()));
    for (int i = 0; i < formula.numbers().size(); i++) {
      ScalarState number = formula.numbers().get(i);
      String key = loading.numbers().get(number.key());
      if (number.scope() == Scope.MODEL && key != null) {
        groupNumbers[i] = state.tensor(key).values().get(0);
      }
    }
    for (Member member : members) {
      String source = loading.sources().get(member.name());
      if (source != null) {
        load(member, source, state);
      }
    }
    rebound = true;
    evaluations.rebind();
  }

  private void load(Member member, String source, OptimizerState state) {
    for (State wanted : formula.states()) {
      Map<String, Buffer> ofParameter = Objects.requireNonNull(stateByKey.get(wanted.key()));
      Objects.requireNonNull(ofParameter.get(member.name()))
          .copyFrom(state.tensor(key(source, wanted.key(), member.name())).values());
    }
    for (int i = 0; i < formula.numbers().size(); i++) {
      ScalarState number = formula.numbers().get(i);
      if (number.scope() == Scope.TENSOR) {
        member.numbers()[i] =
            state.tensor(key(source, number.key(), member.name())).values().get(0);
      }
    }
    if (masters.containsKey(member.name())) {
      StateTensor master = state.tensors().get(key(source, MASTER, member.name()));
      member.value().copyFrom(master == null ? member.shown() : master.values());
    }
    member.updates(state.updates(source + "/" + member.name()));
  }

  /** The name of what is remembered for a parameter. */
  static String key(String group, String state, String parameter) {
    return group + "/" + state + "/" + parameter;
  }

  /** Memory for every state of the formula, taking over what is there already. */
  private Engine build(List<ScalarState> before) {
    Map<String, Long> updates = new HashMap<>();
    Map<String, Double> known = new HashMap<>();
    for (Member member : members) {
      updates.put(member.name(), member.updates());
      for (int i = 0; i < before.size(); i++) {
        known.put(before.get(i).key() + "/" + member.name(), member.numbers()[i]);
      }
    }
    for (int i = 0; i < before.size(); i++) {
      known.put(before.get(i).key(), groupNumbers[i]);
    }
    stateByKey.keySet().retainAll(keys(formula));
    groupNumbers = numbers(known, "");
    List<Member> rebuilt = new ArrayList<>();
    Engine made = engines.make(plan, List.of(), groupNumbers, null);
    checkBlocks();
    tables.clear();
    for (Parameter parameter : parameters) {
      List<Buffer> states = new ArrayList<>();
      for (State state : formula.states()) {
        states.add(memory(state, parameter, storage.typeOf(state, made.stateType())));
      }
      rebuilt.add(
          new Member(
              parameter.name(),
              parameter.shape(),
              parameter.value(),
              master(parameter),
              storage.masters() || parameter.value().type() != NumberType.BFLOAT16
                  ? null
                  : new Rounding(storage.seed(), parameter.name()),
              states,
              numbers(known, "/" + parameter.name()),
              formula.evaluations().stream()
                  .map(line -> gradient(line, parameter, made.stateType()))
                  .toList(),
              updates.getOrDefault(parameter.name(), 0L),
              memory));
    }
    members = List.copyOf(rebuilt);
    rebound = true;
    needs = Needs.of(formula);
    evaluations = new Evaluations(formula, members, engines, groupNumbers, memory);
    return engines.make(plan, members, groupNumbers, null);
  }

  /** Blocks of 8-bit states must not be cut: not by rows, as some rules cut their tensors. */
  private void checkBlocks() {
    Precision.cut(plan, storage.states())
        .ifPresent(state -> {
          throw new IllegalArgumentException(
              "state '%s' cannot be kept in blocks of 8 bits, as its rule goes row by row; keep states in BFLOAT16 or FLOAT32"
                  .formatted(state));
        });
  }

  private Buffer gradient(Assignment evaluation, Parameter parameter, NumberType type) {
    boolean kept = evaluation.target() != Assignment.Target.LOOK_AHEAD;
    return memory.allocate(kept ? parameter.length() : 0, type);
  }

  private double[] numbers(Map<String, Double> known, String suffix) {
    return formula.numbers().stream()
        .mapToDouble(number -> known.getOrDefault(number.key() + suffix, number.initial()))
        .toArray();
  }

  private Buffer memory(State state, Parameter parameter, NumberType type) {
    Map<String, Buffer> ofParameter =
        stateByKey.computeIfAbsent(state.key(), _ -> new LinkedHashMap<>());
    long wanted = state.count(parameter.shape());
    Buffer buffer = ofParameter.get(parameter.name());
    if (buffer == null || buffer.length() != wanted) {
      buffer = memory.allocate(wanted, type);
      buffer.fill(state.initial());
      ofParameter.put(parameter.name(), buffer);
    }
    if (state.terms() == 0) {
      return rounding(buffer, state, parameter);
    }
    long length = state.extent().count(parameter.shape());
    Buffer current = rounding(memory.allocate(length, type), state, parameter);
    tables.add(new Table(state.terms(), buffer, current));
    return current;
  }

  private Buffer rounding(Buffer buffer, State state, Parameter parameter) {
    return buffer.type() == NumberType.BFLOAT16
        ? buffer.rounding(new Rounding(storage.seed(), state.key() + "/" + parameter.name()))
        : buffer;
  }

  private @Nullable Buffer master(Parameter parameter) {
    if (!storage.hasMaster(parameter.value().type())) {
      return null;
    }
    return masters.computeIfAbsent(
        parameter.name(),
        _ -> {
          Buffer master = memory.allocate(parameter.length(), NumberType.FLOAT32);
          master.copyFrom(parameter.value());
          return master;
        });
  }

  private static List<String> keys(Formula formula) {
    return Stream.concat(formula.states().stream(), formula.numbers().stream())
        .map(Remembered::key)
        .toList();
  }

  private static int terms(Formula formula) {
    return formula.states().stream().mapToInt(State::terms).max().orElse(0);
  }

  private static List<Double> initials(Formula formula) {
    return Stream.concat(formula.states().stream(), formula.numbers().stream())
        .map(Remembered::initial)
        .toList();
  }

  private static double[] values(Formula formula) {
    return formula.hypers().stream().mapToDouble(Scalar.Hyper::value).toArray();
  }
}
