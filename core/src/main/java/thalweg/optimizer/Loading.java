package thalweg.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Formula;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Transformation;

/**
 * What one group will take over from a state, worked out before anything is changed.
 *
 * @param rule the group's rule with the state's hyperparameters, switches included
 * @param formula what that rule computes; its states are the ones the state must hold
 * @param sources the name of each parameter that is taken over, to the group that the state has it
 *     in
 * @param numbers the key of each number of the group that is taken over, to its key in the state
 */
record Loading(
    Group group,
    Transformation rule,
    Formula formula,
    Map<String, String> sources,
    Map<String, String> numbers) {
  /**
   * All of an optimizer.
   *
   * @param state the state under its new names
   */
  record All(OptimizerState state, List<Loading> loadings, LoadReport report) {}

  /**
   * Compares a state with the groups that are to load it.
   *
   * @throws IllegalArgumentException if strict, naming everything that is missing, left over or
   *     wrong
   */
  static All of(
      List<Group> groups, OptimizerState given, LoadOptions options, @Nullable LossScaler scaler) {
    OptimizerState state = options.renamed(given);
    if (options.isLenient()) {
      return new Lenient(state, options).all(groups);
    }
    return new Strict(state, options, scaler != null && scaler.isDynamic()).all(groups);
  }

  /** The shape that each thing remembered for a parameter must have, by key without group. */
  private static Map<String, List<Long>> wanted(Formula formula, Parameter parameter) {
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    for (State state : formula.states()) {
      wanted.put(state.key(), state.shape(parameter.shape()));
    }
    for (ScalarState number : formula.numbers()) {
      if (number.scope() == Scope.TENSOR) {
        wanted.put(number.key(), List.of());
      }
    }
    return wanted;
  }

  private static boolean hasMaster(Group group, Parameter parameter) {
    return group.storage().hasMaster(parameter.value().type());
  }

  /** The rule with the state's hyperparameters where it has them. */
  private static Transformation rebuilt(Group group, OptimizerState state) {
    Map<String, String> own = new HashMap<>();
    for (Link link : Link.all(group.rule())) {
      own.put(link.fullName(), link.get().toString());
    }
    return Link.rebuild(
        group.rule(),
        name ->
            state
                .hyperparameters()
                .getOrDefault(group.name() + "/" + name, Objects.requireNonNull(own.get(name))));
  }

  /** The numbers of a group, by key, to their key in a state. */
  private static Map<String, String> numbers(Group group, Formula formula) {
    Map<String, String> numbers = new LinkedHashMap<>();
    for (ScalarState number : formula.numbers()) {
      if (number.scope() == Scope.MODEL) {
        numbers.put(number.key(), group.name() + "/" + number.key());
      }
    }
    return numbers;
  }

  /** What is wrong with a tensor of a state; null if nothing is. */
  private static @Nullable String problem(OptimizerState state, String key, List<Long> shape) {
    StateTensor tensor = state.tensors().get(key);
    if (tensor == null) {
      return "state '%s' is missing".formatted(key);
    }
    return tensor.shape().equals(shape)
        ? null
        : "state '%s' has shape %s, here it needs %s".formatted(key, tensor.shape(), shape);
  }

  private static String timeBelowZero(String parameter, long updates) {
    return "parameter '%s' has had %d updates".formatted(parameter, updates);
  }

  /** Wants everything to fit. */
  private static final class Strict {
    private final OptimizerState state;
    private final LoadOptions options;
    private final boolean scales;
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> untold = new HashSet<>();

    /**
     * @param scales whether there is a scale of the loss to load
     */
    Strict(OptimizerState state, LoadOptions options, boolean scales) {
      this.state = state;
      this.scales = scales;
      this.options = options;
    }

    All all(List<Group> groups) {
      List<Loading> loadings = new ArrayList<>();
      List<String> loaded = new ArrayList<>();
      for (Group group : groups) {
        Loading loading = loading(group);
        if (loading != null) {
          compare(loading);
          loadings.add(loading);
          loading.sources().keySet().forEach(name -> loaded.add(group.name() + "/" + name));
        }
      }
      leftOver(state.tensors().keySet(), "state");
      leftOver(state.updates().keySet(), "parameter");
      leftOver(state.hyperparameters().keySet(), "hyperparameter");
      LossScaler.compare(scales, state.progress(), wrong);
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException("state does not fit: " + String.join("; ", wrong));
      }
      return new All(
          state, loadings, new LoadReport(loaded, List.of(), Map.of(), List.of(), List.of()));
    }

    /** Null where that is told already; nothing more is said of the group then. */
    private @Nullable Loading loading(Group group) {
      List<String> missing = new ArrayList<>();
      List<Link> links = Link.all(group.rule());
      for (Link link : links) {
        String key = group.name() + "/" + link.fullName();
        known.add(key);
        if (!state.hyperparameters().containsKey(key) && options.takesHyperparameters()) {
          missing.add("hyperparameter '%s' is missing".formatted(key));
        }
      }
      if (!missing.isEmpty()) {
        untold.add(group.name());
        wrong.addAll(missing.size() == links.size() ? List.of(another(group)) : missing);
        return null;
      }
      try {
        Transformation rule = options.takesHyperparameters() ? rebuilt(group, state) : group.rule();
        Formula formula = Formula.of(rule);
        Drives.of(group.name(), rule, formula); // which may refuse a schedule
        Map<String, String> sources = new LinkedHashMap<>();
        group.parameters().forEach(parameter -> sources.put(parameter.name(), group.name()));
        return new Loading(group, rule, formula, sources, numbers(group, formula));
      } catch (IllegalArgumentException e) {
        untold.add(group.name());
        wrong.add("hyperparameters of group '%s': %s".formatted(group.name(), e.getMessage()));
        return null;
      }
    }

    /** Says of a group of which the state has nothing, what it has in its place. */
    private String another(Group group) {
      Set<String> rules = new LinkedHashSet<>();
      Set<String> groups = new LinkedHashSet<>();
      for (String key : state.hyperparameters().keySet()) {
        String name = StateName.rest(key);
        groups.add("'" + StateName.group(key) + "'");
        if (StateName.group(key).equals(group.name())) {
          rules.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        }
      }
      return rules.isEmpty()
          ? "group '%s' is missing, there is %s"
              .formatted(group.name(), groups.isEmpty() ? "none" : String.join(", ", groups))
          : "group '%s' is of %s, here it is of %s"
              .formatted(group.name(), String.join(" | ", rules), group.rule().name());
    }

    private void compare(Loading loading) {
      Group group = loading.group();
      for (Parameter parameter : group.parameters()) {
        String updates = group.name() + "/" + parameter.name();
        known.add(updates);
        if (!state.updates().containsKey(updates)) {
          wrong.add("parameter '%s' is missing".formatted(updates));
        } else if (state.updates(updates) < 0) {
          wrong.add(timeBelowZero(updates, state.updates(updates)));
        }
        if (hasMaster(group, parameter)) {
          compare(Group.key(group.name(), Group.MASTER, parameter.name()), parameter.shape());
        }
        wanted(loading.formula(), parameter)
            .forEach(
                (key, shape) -> compare(Group.key(group.name(), key, parameter.name()), shape));
      }
      loading.numbers().values().forEach(key -> compare(key, List.of()));
    }

    private void compare(String key, List<Long> shape) {
      known.add(key);
      String problem = problem(state, key, shape);
      if (problem != null) {
        wrong.add(problem);
      }
    }

    private void leftOver(Set<String> given, String what) {
      given.stream()
          .filter(key -> !known.contains(key) && !untold.contains(StateName.group(key)))
          .forEach(key -> wrong.add("%s '%s' is not known here".formatted(what, key)));
    }
  }

  /** Takes what fits. */
  private static final class Lenient {
    private final OptimizerState state;
    private final LoadOptions options;
    private final Map<String, String> groupOf = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<String> loaded = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, String> unfit = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    Lenient(OptimizerState state, LoadOptions options) {
      this.state = state;
      this.options = options;
      for (String key : state.updates().keySet()) {
        groupOf.put(StateName.rest(key), StateName.group(key));
      }
    }

    All all(List<Group> groups) {
      List<Loading> loadings = groups.stream().map(this::loading).toList();
      return new All(state, loadings, new LoadReport(loaded, missing, unfit, extra(), notes));
    }

    private Loading loading(Group group) {
      Transformation rule = rule(group);
      Formula formula = Formula.of(rule);
      Map<String, String> sources = new LinkedHashMap<>();
      for (Parameter parameter : group.parameters()) {
        String source = source(group, formula, parameter);
        if (source != null) {
          sources.put(parameter.name(), source);
        }
      }
      Map<String, String> numbers = numbers(group, formula);
      used.addAll(numbers.values());
      numbers
          .values()
          .removeIf(key -> {
            String problem = problem(state, key, List.of());
            if (problem != null) {
              notes.add(problem);
            }
            return problem != null;
          });
      return new Loading(group, rule, formula, sources, numbers);
    }

    /** The group's own rule where the state's hyperparameters do not make one. */
    private Transformation rule(Group group) {
      List<String> absent = new ArrayList<>();
      List<Link> links = Link.all(group.rule());
      for (Link link : links) {
        String key = group.name() + "/" + link.fullName();
        used.add(key);
        if (!state.hyperparameters().containsKey(key)) {
          absent.add(key);
        }
      }
      if (!options.takesHyperparameters() || links.isEmpty()) {
        return group.rule();
      }
      if (absent.size() == links.size()) {
        notes.add(
            "group '%s' keeps its hyperparameters, the state has none".formatted(group.name()));
        return group.rule();
      }
      absent.forEach(key -> notes.add("hyperparameter '%s' is missing".formatted(key)));
      try {
        Transformation rule = rebuilt(group, state);
        Drives.of(group.name(), rule, Formula.of(rule)); // which may refuse a schedule
        return rule;
      } catch (IllegalArgumentException e) {
        notes.add(
            "group '%s' keeps its hyperparameters: %s".formatted(group.name(), e.getMessage()));
        return group.rule();
      }
    }

    /** The group that the state has a parameter in; null if it cannot be taken over. */
    private @Nullable String source(Group group, Formula formula, Parameter parameter) {
      String name = group.name() + "/" + parameter.name();
      String source =
          state.updates().containsKey(name) ? group.name() : groupOf.get(parameter.name());
      if (source == null) {
        missing.add(name);
        return null;
      }
      List<String> wrong = new ArrayList<>();
      String updates = source + "/" + parameter.name();
      used.add(updates);
      if (state.updates(updates) < 0) {
        wrong.add(timeBelowZero(updates, state.updates(updates)));
      }
      Map<String, List<Long>> wanted = wanted(formula, parameter);
      String master = Group.key(source, Group.MASTER, parameter.name());
      if (hasMaster(group, parameter) && state.tensors().containsKey(master)) {
        wanted.put(Group.MASTER, parameter.shape()); // else it begins as the parameter is
      }
      wanted.forEach((key, shape) -> {
        String full = Group.key(source, key, parameter.name());
        used.add(full);
        String problem = problem(state, full, shape);
        if (problem != null) {
          wrong.add(problem);
        }
      });
      if (!wrong.isEmpty()) {
        unfit.put(name, String.join("; ", wrong));
        return null;
      }
      loaded.add(name);
      return source;
    }

    private List<String> extra() {
      Set<String> extra = new LinkedHashSet<>();
      for (String key : state.updates().keySet()) {
        if (!used.contains(key)) {
          extra.add(key);
        }
      }
      for (String key : state.tensors().keySet()) {
        StateName name = StateName.of(key);
        if (!used.contains(key) && !extra.contains(name.group() + "/" + name.parameter())) {
          extra.add(key);
        }
      }
      for (String key : state.hyperparameters().keySet()) {
        if (!used.contains(key)) {
          extra.add(key);
        }
      }
      return List.copyOf(extra);
    }
  }
}
