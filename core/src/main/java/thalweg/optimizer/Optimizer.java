package thalweg.optimizer;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import thalweg.account.MemoryAccount;
import thalweg.execute.Backends;
import thalweg.execute.FiniteSearch;
import thalweg.execute.PlanEngine;
import thalweg.execute.ReferenceEngine;
import thalweg.execute.Workers;
import thalweg.formula.Assignment;
import thalweg.formula.Chain;
import thalweg.formula.Clock;
import thalweg.formula.Transformation;
import thalweg.memory.Region;
import thalweg.print.Explanation;

/**
 * Updates parameters from their gradients, in place. Used by one thread at a time.
 *
 * <p>As in PyTorch: {@link #zeroGrad} before backward, {@link #step} after it. A parameter without
 * a gradient is skipped and its t stands still.
 */
public final class Optimizer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Optimizer.class.getName());

  private final Clock clock;
  private final Group.EngineFactory engines;
  private final String backend;
  private final String backendReason;
  private final Storage storage;
  private final @Nullable LossScaler scaler;
  private final FiniteSearch search;
  private final List<Region> memory = new ArrayList<>();
  private List<Group> groups;
  private final List<Evaluations> away = new ArrayList<>();
  private int[] allTerms = {};
  private boolean computing;
  private boolean closed;

  private Optimizer(
      List<Group> groups,
      Group.EngineFactory engines,
      String backend,
      String backendReason,
      Storage storage,
      @Nullable LossScaler scaler,
      FiniteSearch search,
      Region memory,
      Clock clock) {
    this.memory.add(memory);
    this.scaler = scaler;
    this.search = search;
    this.clock = clock;
    this.storage = storage;
    this.groups = List.copyOf(groups);
    this.engines = engines;
    this.backend = backend;
    this.backendReason = backendReason;
  }

  /** One rule for all parameters, on the best backend, with as many threads as cores. */
  public static Optimizer of(Transformation rule, Parameters parameters) {
    return over(parameters).otherwise(rule).build();
  }

  /** Starts the description of an optimizer with several groups or a chosen backend. */
  public static Builder over(Parameters parameters) {
    return new Builder(parameters);
  }

  /** Sets every gradient to zero, in place. */
  public void zeroGrad() {
    for (int g = 0; g < groups.size(); g++) {
      List<Parameter> parameters = groups.get(g).parameters();
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).zeroGradient();
      }
    }
  }

  /**
   * Updates every parameter that has a gradient.
   *
   * @throws IllegalStateException if a shape has changed, a gradient does not match its parameter,
   *     or a rule has to compute gradients itself; nothing has been updated then
   */
  public void step() {
    open();
    switch (needs()) {
      case GRADIENTS -> {}
      case CLOSURE -> throw needing("takes the gradient elsewhere", "closure");
      case TERMS -> throw needing("needs to know the terms of the loss", "sum, term");
    }
    schedule();
    update();
  }

  /**
   * Computes the gradients and updates, as PyTorch's {@code step(closure)}: for rules that take the
   * gradient elsewhere, such as Nesterov's look-ahead, and for any other.
   *
   * @param closure zeroes the gradients, goes forward and backward with the parameters as they
   *     stand, and returns the loss
   * @return what the closure returned
   * @throws IllegalStateException as {@link #step()}, and if a rule needs single terms
   */
  public double step(DoubleSupplier closure) {
    open();
    if (needs() == Needs.TERMS) {
      throw needing("needs to know the terms of the loss", "sum, term");
    }
    schedule();
    double loss;
    try {
      computing = true;
      lookAhead();
      loss = closure.getAsDouble();
    } finally {
      comeBack();
      computing = false;
    }
    update();
    return loss;
  }

  /**
   * Computes the gradients and updates, for rules that remember or revisit single terms of the loss
   * (SAG, SAGA, SVRG), and for any other.
   *
   * @param terms the terms of this update; one, where a rule remembers something for each
   * @return the mean loss over them, before the update
   * @throws IllegalArgumentException if a term is not one of the sum, or a rule cannot take them;
   *     nothing has been updated then
   */
  public double step(FiniteSum sum, int... terms) {
    open();
    checkTerms(sum, terms);
    schedule();
    double loss;
    try {
      computing = true;
      for (int i = 0; i < groups.size(); i++) {
        evaluate(groups.get(i), sum, terms);
      }
      lookAhead();
      loss = sum.gradient(terms);
    } finally {
      comeBack();
      computing = false;
    }
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).recall(terms[0]);
    }
    update();
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).remember(terms[0]);
    }
    return loss;
  }

  /** What has to be handed to a step. */
  public Needs needs() {
    Needs most = Needs.GRADIENTS;
    for (int i = 0; i < groups.size(); i++) {
      Needs needs = groups.get(i).needs();
      most = needs.compareTo(most) > 0 ? needs : most;
    }
    return most;
  }

  private IllegalStateException needing(String why, String what) {
    Needs most = needs();
    String rule =
        groups.stream()
            .filter(group -> group.needs() == most)
            .map(group ->
                group.rule() instanceof Chain
                    ? "the chain of group '" + group.name() + "'"
                    : group.rule().name())
            .findFirst()
            .orElseThrow();
    return new IllegalStateException("%s %s; call step(%s)".formatted(rule, why, what));
  }

  private static void keep(Group group, int line) {
    group.check();
    group.evaluations().keep(line);
  }

  private void checkTerms(FiniteSum sum, int... terms) {
    if (terms.length == 0) {
      throw new IllegalArgumentException("an update needs at least one term of the sum");
    }
    if (sum.size() < 1) {
      throw new IllegalArgumentException("a sum of no terms has no gradient");
    }
    for (int term : terms) {
      if (term < 0 || term >= sum.size()) {
        throw new IllegalArgumentException(
            "term %d is not one of the sum, which has 0 to %d".formatted(term, sum.size() - 1));
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.terms() > 0 && group.terms() != sum.size()) {
        throw new IllegalArgumentException(
            "%s was made for %d terms, the sum has %d; make it with as many"
                .formatted(group.rule().name(), group.terms(), sum.size()));
      }
      if (group.terms() > 0 && terms.length != 1) {
        throw new IllegalArgumentException(
            "%s takes one term an update, got %d; make each mini-batch one term of the sum"
                .formatted(group.rule().name(), terms.length));
      }
    }
  }

  /** Sets the parameters to where the rules look ahead to. */
  private void lookAhead() {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      int line = group.evaluations().lookAhead();
      if (line >= 0) {
        group.check();
        group.leave(line);
        away.add(group.evaluations()); // a closure may change a rule, and with it these
      }
    }
  }

  private void comeBack() {
    for (int i = 0; i < away.size(); i++) {
      away.get(i).comeBack();
    }
    away.clear();
  }

  /** Computes the further gradients that a rule asks for. */
  private void evaluate(Group group, FiniteSum sum, int... terms) {
    List<Assignment> lines = group.evaluations().lines();
    for (int i = 0; i < lines.size(); i++) {
      switch (lines.get(i).target()) {
        case FULL_GRADIENT -> {
          group.check();
          if (group.wants(i)) {
            sum.gradient(all(sum.size()));
            keep(group, i);
          }
        }
        case GRADIENT -> gradientAt(group, i, sum, terms);
        default -> {}
      }
    }
  }

  private int[] all(int terms) {
    if (allTerms.length != terms) {
      allTerms = IntStream.range(0, terms).toArray();
    }
    return allTerms;
  }

  private static void gradientAt(Group group, int line, FiniteSum sum, int... terms) {
    group.check();
    Evaluations there = group.evaluations();
    group.leave(line);
    try {
      sum.gradient(terms);
      keep(group, line);
    } finally {
      there.comeBack();
    }
  }

  /** Sets every scheduled hyperparameter for the next update; all groups or none. */
  private void schedule() {
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).schedule();
    }
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).drive();
    }
  }

  /**
   * Says that an epoch has ended, for schedules that count epochs: the next update is of the next
   * one.
   */
  public void endEpoch() {
    open();
    clock.endEpoch();
  }

  /**
   * Reports a metric, such as a validation loss, to the schedules that wait for it; as PyTorch's
   * {@code ReduceLROnPlateau.step(metric)}.
   */
  public void report(double metric) {
    open();
    clock.report(metric);
  }

  /** The number of updates so far, which is the step of schedules. */
  public long updates() {
    return clock.updates();
  }

  /** The number of epochs that have ended. */
  public long epochs() {
    return clock.epochs();
  }

  /** Everything that can fail comes first, so that no group is updated and another not. */
  private void update() {
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).check();
    }
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).bind();
    }
    boolean finite = scaler == null || isFinite();
    if (finite) {
      for (int i = 0; i < groups.size(); i++) {
        groups.get(i).step(lossScale());
      }
      clock.advance();
    }
    if (scaler != null) {
      scaler.update(finite);
    }
    Reference.reachabilityFence(this);
  }

  /** Whether the gradients of all groups are; this only reads them. */
  private boolean isFinite() {
    search.clear();
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).addGradients(search);
    }
    boolean finite = search.isFinite();
    search.clear(); // gradients may be freed before the next step
    return finite;
  }

  /** What the next loss is to be multiplied with before going backward; 1 without a scaler. */
  public double lossScale() {
    return scaler == null ? 1 : scaler.scale();
  }

  /** All groups as they are now, those added later last. */
  public List<Group> groups() {
    return groups;
  }

  /**
   * Trains further parameters from the next step on, by a rule of their own, as PyTorch's {@code
   * add_param_group} does: layers that were frozen so far, or that did not exist. Their t begins at
   * 1; the other groups go on as they would have.
   *
   * @return the new group
   * @throws IllegalArgumentException if there is a group of this name, if there are no parameters,
   *     or if one is trained already; nothing has been changed then
   */
  public Group addGroup(String name, Parameters parameters, Transformation rule) {
    open();
    checkNew(name, parameters);
    Region region = new Region();
    boolean added = false;
    try {
      Group group =
          new Group(name, parameters.list(), rule, engines, region, storage, clock, scaler != null);
      List<Group> all = new ArrayList<>(groups);
      all.add(group);
      memory.add(region);
      groups = List.copyOf(all);
      added = true;
      return group;
    } finally {
      if (!added) {
        region.close();
      }
    }
  }

  private void checkNew(String name, Parameters parameters) {
    if (parameters.size() == 0) {
      throw new IllegalArgumentException("group '%s' has no parameters".formatted(name));
    }
    Set<String> added = parameters.list().stream().map(Parameter::name).collect(Collectors.toSet());
    for (Group group : groups) {
      if (group.name().equals(name)) {
        throw new IllegalArgumentException(
            "there is a group '%s' already; give the new one another name".formatted(name));
      }
      for (Parameter trained : group.parameters()) {
        if (added.contains(trained.name())) {
          throw new IllegalArgumentException(
              "parameter '%s' is in group '%s' already; add only new ones to '%s', under new names"
                  .formatted(trained.name(), group.name(), name));
        }
      }
    }
  }

  /** The group of this name; the one made by {@link #of} is {@code default}. */
  public Group group(String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no group '%s'; there are %s".formatted(name, names(groups))));
  }

  /**
   * The name of the backend that runs it: {@code vector}, {@code block} or {@code reference}. Where
   * it was left to us, {@code block} runs it until the JIT has compiled what {@code vector} runs;
   * both compute the same bits.
   */
  public String backend() {
    return backend;
  }

  /** Why that one: one line, with the flag to add where a better one is missing. */
  public String backendReason() {
    return backendReason;
  }

  /** Bytes of state held for all parameters. */
  public long stateBytes() {
    return groups.stream().mapToLong(Group::stateBytes).sum();
  }

  /** Bytes of float32 copies of shorter parameters. */
  public long masterBytes() {
    return groups.stream().mapToLong(Group::masterBytes).sum();
  }

  /**
   * Bytes of what a step needs on its way, all held from the first one on: noise, what passes hand
   * on to each other, further gradients, copies of the parameters while they are elsewhere.
   */
  public long workingBytes() {
    return groups.stream().mapToLong(Group::workingBytes).sum();
  }

  /** Bytes of all it holds: {@link #masterBytes}, {@link #stateBytes}, {@link #workingBytes}. */
  public long heldBytes() {
    return groups.stream().mapToLong(Group::heldBytes).sum();
  }

  /**
   * Bytes taken outside the Java heap so far, as they were handed out: {@link #heldBytes} without
   * single numbers, and with what was replaced when a switch of a rule was set.
   */
  public long allocatedBytes() {
    return memory.stream().mapToLong(Region::bytes).sum();
  }

  /**
   * What its memory comes to by the formulas, parameters and gradients included. What it says of
   * masters, states and working memory is what {@link #masterBytes}, {@link #stateBytes} and {@link
   * #workingBytes} count in memory, once a step has been made.
   */
  public MemoryAccount account() {
    return groups.stream()
        .map(Group::account)
        .reduce(new MemoryAccount(List.of()), MemoryAccount::plus);
  }

  /**
   * Everything there is to know about it, for people: the backend and why that one, and for each
   * group its size, its state, and its rule with the values in force, the printed formula and the
   * passes over memory.
   */
  public String explain() {
    StringBuilder text = new StringBuilder("backend %s: %s\n".formatted(backend, backendReason));
    if (scaler != null) {
      text.append(scaler).append('\n');
    }
    for (Group group : groups) {
      MemoryAccount account = group.account();
      text.append(
          "\ngroup '%s': %d parameters, %d elements, %d bytes of state%s\n%s\n%s"
              .formatted(
                  group.name(),
                  group.parameters().size(),
                  group.elements(),
                  group.stateBytes(),
                  group.masterBytes() == 0 ? "" : ", %d of masters".formatted(group.masterBytes()),
                  "%d bytes held with working memory so far; computed, after a step: %d\n"
                      .formatted(group.heldBytes(), account.optimizerBytes()),
                  Explanation.of(group.rule()).toText()));
    }
    return text.toString();
  }

  /** A copy of everything it remembers. */
  public OptimizerState state() {
    return liveState().copy();
  }

  /**
   * Everything it remembers, in its own memory: to be written to a file at once, without the memory
   * of a copy. The next step changes it; after {@link #close} it must not be touched.
   */
  public OptimizerState liveState() {
    alive();
    Map<String, StateTensor> tensors = new LinkedHashMap<>();
    Map<String, Long> updates = new LinkedHashMap<>();
    Map<String, String> hyperparameters = new LinkedHashMap<>();
    groups.forEach(group -> group.save(tensors, updates, hyperparameters));
    Map<String, Double> progress = new LinkedHashMap<>();
    progress.put(OptimizerState.UPDATES, (double) clock.updates());
    progress.put(OptimizerState.EPOCHS, (double) clock.epochs());
    groups.forEach(group -> group.saveProgress(progress));
    if (scaler != null) {
      scaler.save(progress);
    }
    return new OptimizerState(tensors, updates, hyperparameters, progress);
  }

  /**
   * Writes everything it remembers to a file, as {@code state().save(file)} does, without the
   * memory of a copy.
   */
  public void save(Path file) {
    liveState().save(file);
    Reference.reachabilityFence(this);
  }

  /**
   * Takes over what another optimizer of the same groups, rules and parameters remembered, with the
   * hyperparameters and switches that were in force there. The order of groups and parameters does
   * not matter; states of another type are converted, rounding once.
   *
   * @throws IllegalArgumentException if a name is missing, left over or of another shape, or a
   *     value is out of range, naming them all; nothing has been changed then
   */
  public void load(OptimizerState state) {
    load(state, LoadOptions.strict());
  }

  /**
   * Takes over what fits of what another optimizer remembered, under other names if need be.
   *
   * @return what was taken over, and what was not
   * @throws IllegalArgumentException if the options are strict, as {@link #load(OptimizerState)};
   *     if a pattern of theirs fits nothing, or makes two names one; nothing has been changed then
   */
  public LoadReport load(OptimizerState state, LoadOptions options) {
    open();
    Loading.All all = Loading.of(groups, state, options, scaler);
    long most = state.updates().values().stream().mapToLong(Long::longValue).max().orElse(0);
    clock.set(
        state.progress().getOrDefault(OptimizerState.UPDATES, (double) most).longValue(),
        state.progress().getOrDefault(OptimizerState.EPOCHS, 0.0).longValue());
    all.loadings().forEach(loading -> loading.group().load(loading, all.state()));
    if (scaler != null) {
      scaler.load(all.state().progress());
    }
    return all.report();
  }

  /** Gives the memory of the states back at once; without it, that happens when unreachable. */
  @Override
  public void close() {
    idle();
    closed = true;
    memory.forEach(Region::close);
  }

  private void open() {
    idle();
    alive();
  }

  private void alive() {
    if (closed) {
      throw new IllegalStateException("the optimizer is closed, its state is gone; make a new one");
    }
  }

  private void idle() {
    if (computing) {
      throw new IllegalStateException(
          "a step is computing its gradients; a closure only computes them and returns the loss");
    }
  }

  private static String names(List<Group> groups) {
    return groups.stream().map(Group::name).collect(Collectors.joining(", "));
  }

  /** Describes an optimizer. Parameters go to the first group that wants them. */
  public static final class Builder {
    private final Parameters parameters;
    private final List<Wanted> wanted = new ArrayList<>();
    private String backend = Backends.AUTO;
    private Consumer<String> notices = text -> LOG.log(System.Logger.Level.INFO, text);
    private Storage storage = Storage.FULL;
    private @Nullable LossScaler scaler;
    private int threads = Runtime.getRuntime().availableProcessors();

    private record Wanted(String name, Predicate<Parameter> members, Transformation rule) {}

    private Builder(Parameters parameters) {
      this.parameters = parameters;
    }

    /**
     * Gives the parameters that satisfy a predicate, and are in no earlier group, this rule. Usual
     * predicates are in {@link Where}.
     */
    public Builder group(String name, Predicate<Parameter> members, Transformation rule) {
      wanted.add(new Wanted(name, members, rule));
      return this;
    }

    /** Gives all parameters that are in no group this rule, in a group named {@code default}. */
    public Builder otherwise(Transformation rule) {
      return group("default", _ -> true, rule);
    }

    /** {@code auto} (the default), {@code vector}, {@code block} or {@code reference}. */
    public Builder backend(String name) {
      backend = name;
      return this;
    }

    /** How many threads share large tensors; results do not depend on it. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /**
     * How states and shorter parameters are kept; without it, states in float32, and masters for
     * parameters of 16 bits.
     */
    public Builder storage(Storage kept) {
      storage = kept;
      return this;
    }

    /**
     * Divides the gradients by the scale that the loss was multiplied with, and leaves an update
     * out where one of them is infinite or NaN: then no parameter, state or t changes. That looks
     * through all gradients before each update, once.
     *
     * @param by to be asked for {@link LossScaler#scale()} before each backward; for this optimizer
     *     alone
     */
    public Builder lossScaling(LossScaler by) {
      scaler = by;
      return this;
    }

    /**
     * Who hears of what a rule has to tell, such as a change of phase; without it, the logger of
     * this class.
     */
    public Builder notices(Consumer<String> listener) {
      notices = listener;
      return this;
    }

    public Optimizer build() {
      Workers workers = new Workers(threads);
      if (backend.equals(Backends.REFERENCE)) {
        return build(
            workers,
            (plan, members, numbers, asked) ->
                new ReferenceEngine(
                    plan.formula(),
                    members,
                    numbers,
                    asked != null,
                    asked == null ? notices : asked),
            backend,
            "chosen by name");
      }
      Backends.Choice choice = Backends.choose(backend);
      if (choice.goesOver()) {
        Rehearsal.begin(choice.meanwhile().name());
      }
      return build(
          workers,
          (plan, members, numbers, asked) ->
              new PlanEngine(
                  plan,
                  choice,
                  workers,
                  members,
                  numbers,
                  asked != null,
                  asked == null ? notices : asked),
          choice.backend().name(),
          choice.explanation());
    }

    private Optimizer build(
        Workers workers, Group.EngineFactory engines, String name, String reason) {
      Region memory = new Region();
      Clock clock = new Clock();
      boolean built = false;
      try {
        Optimizer optimizer =
            new Optimizer(
                groups(engines, memory, clock),
                engines,
                name,
                reason,
                storage,
                scaler,
                new FiniteSearch(workers),
                memory,
                clock);
        if (scaler != null) {
          scaler.take();
        }
        built = true;
        return optimizer;
      } finally {
        if (!built) {
          memory.close();
        }
      }
    }

    private List<Group> groups(Group.EngineFactory engines, Region memory, Clock clock) {
      Set<String> taken = new HashSet<>();
      Set<String> names = new HashSet<>();
      List<Group> groups = new ArrayList<>();
      for (Wanted want : wanted) {
        if (!names.add(want.name())) {
          throw new IllegalArgumentException("two groups are named '%s'".formatted(want.name()));
        }
        List<Parameter> members =
            parameters.list().stream()
                .filter(parameter -> !taken.contains(parameter.name()))
                .filter(want.members())
                .toList();
        if (members.isEmpty() && !want.name().equals("default")) {
          throw new IllegalArgumentException(
              "group '%s' matches no parameter; names are %s"
                  .formatted(want.name(), summary(parameters)));
        }
        members.forEach(parameter -> taken.add(parameter.name()));
        if (!members.isEmpty()) {
          groups.add(
              new Group(
                  want.name(),
                  members,
                  want.rule(),
                  engines,
                  memory,
                  storage,
                  clock,
                  scaler != null));
        }
      }
      List<String> left =
          parameters.list().stream()
              .map(Parameter::name)
              .filter(name -> !taken.contains(name))
              .toList();
      if (!left.isEmpty()) {
        throw new IllegalArgumentException(
            "parameters %s are in no group; add otherwise(rule)".formatted(left));
      }
      return groups;
    }

    /** Names by their first part, with counts: {@code encoder. (180), decoder. (34)}. */
    private static String summary(Parameters parameters) {
      Map<String, Integer> prefixes = new LinkedHashMap<>();
      for (Parameter parameter : parameters) {
        int dot = parameter.name().indexOf('.');
        prefixes.merge(
            dot < 0 ? parameter.name() : parameter.name().substring(0, dot + 1), 1, Integer::sum);
      }
      return prefixes.entrySet().stream()
          .map(entry -> "%s (%d)".formatted(entry.getKey(), entry.getValue()))
          .collect(Collectors.joining(", "));
    }
  }
}
