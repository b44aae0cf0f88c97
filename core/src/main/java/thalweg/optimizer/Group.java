package thalweg.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Engine;
import thalweg.execute.Member;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.Region;
import thalweg.plan.Plan;

/**
 * Parameters that share a rule and its hyperparameters. Any hyperparameter can be changed between
 * two steps: a number costs nothing, a switch such as {@code nesterov} writes the formula anew and
 * keeps the state that both formulas have.
 */
public final class Group {
  private final String name;
  private final List<Parameter> parameters;
  private final EngineFactory engines;
  private final Region memory;
  private final Map<String, Map<String, Buffer>> stateByKey = new LinkedHashMap<>();
  private List<Member> members = List.of();
  private Transformation rule;
  private Formula formula;
  private Plan plan;
  private Engine engine;
  private double[] hypers;
  private boolean rebound = true;

  /** Makes the engine that carries out a plan. */
  @FunctionalInterface
  interface EngineFactory {
    Engine make(Plan plan, List<Member> members);
  }

  Group(
      String name,
      List<Parameter> parameters,
      Transformation rule,
      EngineFactory engines,
      Region memory) {
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.engines = engines;
    this.memory = memory;
    this.rule = rule;
    formula = Formula.of(rule);
    plan = Plan.of(formula);
    hypers = values(formula);
    engine = build();
    for (Parameter parameter : parameters) {
      if (!engine.takes(parameter.value().type())) {
        throw new IllegalArgumentException(
            "parameter '%s' is %s, which only backend reference takes; choose it or use FLOAT32"
                .formatted(parameter.name(), parameter.value().type()));
      }
    }
  }

  public String name() {
    return name;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** The rule with the values that are in force now. */
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

  /** Bytes of state the group holds. */
  public long stateBytes() {
    return stateByKey.values().stream()
        .flatMap(states -> states.values().stream())
        .mapToLong(buffer -> buffer.length() * buffer.type().bytes())
        .sum();
  }

  /**
   * The value of a hyperparameter.
   *
   * @param hyper its name, or {@code rule.name} where two links of a chain have one of that name
   */
  public Object get(String hyper) {
    Link link = Link.find(rule, hyper);
    return link.get();
  }

  /**
   * Changes a number, a switch or a choice, from the next step on.
   *
   * @param hyper its name, or {@code rule.name} where two links of a chain have one of that name
   */
  public void set(String hyper, Object value) {
    Link link = Link.find(rule, hyper);
    Object old = link.get();
    Transformation changed = link.with(value);
    if (old.equals(link.convert(value))) {
      return;
    }
    Formula rewritten = Formula.of(changed);
    if (Arrays.equals(values(rewritten), hypers)
        && keys(rewritten).equals(keys(formula))
        && !initials(rewritten).equals(initials(formula))) {
      throw new IllegalArgumentException(
          "%s acts before the first update only; the state it sets exists by now".formatted(hyper));
    }
    adopt(changed, rewritten);
  }

  /** Goes on with another version of the rule; a new engine only where the structure is another. */
  private void adopt(Transformation changed, Formula rewritten) {
    Plan replanned = Plan.of(rewritten);
    boolean sameStructure =
        replanned.trips().equals(plan.trips())
            && replanned.scalars().equals(plan.scalars())
            && keys(rewritten).equals(keys(formula));
    rule = changed;
    formula = rewritten;
    if (sameStructure) {
      System.arraycopy(values(rewritten), 0, hypers, 0, hypers.length);
      return;
    }
    plan = replanned;
    hypers = values(rewritten);
    engine = build();
  }

  /** Checks everything that could make a step fail, before anything is changed. */
  void check() {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Buffer value = parameter.value();
      Member member = members.get(i);
      if (value.length() != member.length()) {
        throw new IllegalStateException(
            ("parameter '%s' had %d elements when the optimizer was made, it has %d now; make a new"
                    + " optimizer after changing shapes")
                .formatted(parameter.name(), member.length(), value.length()));
      }
      if (value.type() != member.value().type()) {
        throw new IllegalStateException(
            ("parameter '%s' was %s when the optimizer was made, it is %s now; make a new optimizer"
                    + " after changing types")
                .formatted(parameter.name(), member.value().type(), value.type()));
      }
      Buffer gradient = parameter.gradient();
      if (gradient != null
          && (gradient.length() != value.length() || gradient.type() != value.type())) {
        throw new IllegalStateException(
            "the gradient of parameter '%s' is %s, its values are %s; they must match"
                .formatted(parameter.name(), gradient, value));
      }
      rebound |= member.rebind(value, gradient);
    }
  }

  void step() {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.gradient() != null) {
        member.advance();
      }
    }
    boolean done = false;
    try {
      engine.step(hypers, rebound);
      rebound = false;
      done = true;
    } finally {
      if (!done) { // nothing was updated where binding or compiling failed, so t stands still
        members.stream().filter(member -> member.gradient() != null).forEach(Member::retreat);
      }
    }
  }

  void save(Map<String, double[]> tensors, Map<String, Long> updates, Map<String, String> values) {
    stateByKey.forEach((key, ofParameter) ->
        ofParameter.forEach((parameter, buffer) ->
            tensors.put(name + "/" + key + "/" + parameter, buffer.toDoubles())));
    for (Member member : members) {
      updates.put(name + "/" + member.name(), member.updates());
    }
    Link.all(rule).forEach(link -> values.put(name + "/" + link.fullName(), link.get().toString()));
  }

  /** Takes over a state that {@link Loading} has found to fit. */
  void load(Loading loading, OptimizerState state) {
    adopt(loading.rule(), loading.formula());
    stateByKey.forEach((key, ofParameter) ->
        ofParameter.forEach((parameter, buffer) -> {
          double[] values = state.tensor(name + "/" + key + "/" + parameter);
          for (int i = 0; i < values.length; i++) {
            buffer.set(i, values[i]);
          }
        }));
    for (Member member : members) {
      member.updates(state.updates(name + "/" + member.name()));
    }
    rebound = true;
  }

  /** Memory for every state of the formula, taking over what is there already. */
  private Engine build() {
    Map<String, Long> updates = new HashMap<>();
    members.forEach(member -> updates.put(member.name(), member.updates()));
    stateByKey.keySet().retainAll(keys(formula));
    List<Member> rebuilt = new ArrayList<>();
    Engine made = engines.make(plan, List.of());
    for (Parameter parameter : parameters) {
      List<Buffer> states = new ArrayList<>();
      for (State state : formula.states()) {
        states.add(memory(state, parameter, made.stateType()));
      }
      rebuilt.add(
          new Member(
              parameter.name(),
              parameter.value(),
              states,
              updates.getOrDefault(parameter.name(), 0L)));
    }
    members = List.copyOf(rebuilt);
    rebound = true;
    return engines.make(plan, members);
  }

  private Buffer memory(State state, Parameter parameter, NumberType type) {
    Map<String, Buffer> ofParameter =
        stateByKey.computeIfAbsent(state.key(), _ -> new LinkedHashMap<>());
    @Nullable Buffer known = ofParameter.get(parameter.name());
    if (known != null) {
      return known;
    }
    Buffer fresh = memory.allocate(parameter.length(), type);
    fresh.fill(state.initial());
    ofParameter.put(parameter.name(), fresh);
    return fresh;
  }

  private static List<String> keys(Formula formula) {
    return formula.states().stream().map(State::key).toList();
  }

  private static List<Double> initials(Formula formula) {
    return formula.states().stream().map(State::initial).toList();
  }

  private static double[] values(Formula formula) {
    return formula.hypers().stream().mapToDouble(Scalar.Hyper::value).toArray();
  }
}
