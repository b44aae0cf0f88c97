package thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import thalweg.checkpoint.CheckpointException;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.formula.ScalarState;
import thalweg.formula.Scheduled;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.StateTensor;

/** Puts what PyTorch remembered under our names, for one optimizer. */
final class FromTorch {
  private final TorchOptimizerState file;
  private final Optimizer optimizer;
  private final OptionalLong said;
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, StateTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Long> updates = new LinkedHashMap<>();
  private final Map<String, String> hyperparameters = new LinkedHashMap<>();

  /**
   * @param said how many updates there were, where that is known from elsewhere
   */
  FromTorch(TorchOptimizerState file, Optimizer optimizer, OptionalLong said) {
    this.file = file;
    this.optimizer = optimizer;
    this.said = said;
  }

  OptimizerState state() {
    List<Pair> pairs = pairs();
    refuseIfWrong();
    for (Pair pair : pairs) {
      convert(pair);
    }
    refuseIfWrong();
    Map<String, Double> progress = new LinkedHashMap<>();
    said.ifPresent(count -> progress.put(OptimizerState.UPDATES, (double) count));
    return new OptimizerState(tensors, updates, hyperparameters, progress);
  }

  private void refuseIfWrong() {
    if (!wrong.isEmpty()) {
      throw new CheckpointException(
          "%s does not fit the optimizer: %s".formatted(file.where(), String.join("; ", wrong)));
    }
  }

  /** A group, the file's that its parameters are in, and each parameter's place there. */
  private record Pair(
      Group group, TorchOptimizerState.Group theirs, List<TorchOptimizerState.Entry> entries) {}

  private List<Pair> pairs() {
    return file.isNamed() ? byName() : byOrder();
  }

  private List<Pair> byOrder() {
    List<Group> groups = optimizer.groups();
    List<Pair> pairs = new ArrayList<>();
    if (groups.size() != file.groups().size()) {
      wrong.add(
          "it has %d param_groups, the optimizer %d groups (%s); without names they must be the same in the same order"
              .formatted(
                  file.groups().size(),
                  groups.size(),
                  String.join(", ", groups.stream().map(Group::name).toList())));
      return pairs;
    }
    for (int i = 0; i < groups.size(); i++) {
      TorchOptimizerState.Group theirs = file.groups().get(i);
      if (groups.get(i).parameters().size() == theirs.parameters().size()) {
        pairs.add(new Pair(groups.get(i), theirs, theirs.parameters()));
      } else {
        wrong.add(
            "param_groups[%d] has %d parameters, group '%s' has %d"
                .formatted(
                    i,
                    theirs.parameters().size(),
                    groups.get(i).name(),
                    groups.get(i).parameters().size()));
      }
    }
    return pairs;
  }

  private List<Pair> byName() {
    Map<String, Integer> groupOf = new LinkedHashMap<>();
    Map<String, TorchOptimizerState.Entry> entryOf = new LinkedHashMap<>();
    for (int i = 0; i < file.groups().size(); i++) {
      for (TorchOptimizerState.Entry entry : file.groups().get(i).parameters()) {
        groupOf.put(entry.name().orElseThrow(), i);
        if (entryOf.put(entry.name().orElseThrow(), entry) != null) {
          wrong.add("it has two parameters '%s'".formatted(Text.shown(entry.name().orElseThrow())));
        }
      }
    }
    Set<String> left = new LinkedHashSet<>(entryOf.keySet());
    List<Pair> pairs = new ArrayList<>();
    for (Group group : optimizer.groups()) {
      List<TorchOptimizerState.Entry> entries = new ArrayList<>();
      Set<Integer> from = new LinkedHashSet<>();
      for (Parameter parameter : group.parameters()) {
        TorchOptimizerState.Entry entry = entryOf.get(parameter.name());
        if (entry == null) {
          wrong.add("parameter '%s' is not in it".formatted(parameter.name()));
        } else {
          left.remove(parameter.name());
          entries.add(entry);
          from.add(groupOf.getOrDefault(parameter.name(), 0));
        }
      }
      if (from.size() > 1) {
        wrong.add(
            "the parameters of group '%s' are in several param_groups (%s), which may have other options; make groups of the same parameters"
                .formatted(
                    group.name(), String.join(", ", from.stream().map(String::valueOf).toList())));
      } else if (from.size() == 1) {
        pairs.add(new Pair(group, file.groups().get(from.iterator().next()), entries));
      }
    }
    for (String name : left) {
      wrong.add("parameter '%s' is not known here".formatted(Text.shown(name)));
    }
    return pairs;
  }

  private void convert(Pair pair) {
    Group group = pair.group();
    List<Transformation> links = links(group.rule());
    Optional<Transformation> known = TorchRule.link(group.rule());
    if (known.isEmpty()) {
      wrong.add(
          "group '%s' is %s, which torch.optim does not have"
              .formatted(group.name(), group.rule().name()));
      return;
    }
    Transformation ours = known.get();
    TorchRule rule = TorchRule.of(ours).orElseThrow();
    Optional<String> against = rule.against(pair.theirs());
    if (against.isPresent()) {
      wrong.add(otherOptimizer(pair, rule, against.get()));
      return;
    }
    if (said.isEmpty()
        && rule.step() == TorchRule.Step.NONE
        && links.stream().anyMatch(Scheduled.class::isInstance)) {
      wrong.add(
          "torch.optim.%s counts no updates, which the schedule of group '%s' goes by; say how many with toState(optimizer, updates)"
              .formatted(rule.name(), group.name()));
      return;
    }
    Map<String, Object> values = values(rule, pair);
    Transformation changed;
    try {
      changed = changed(ours, values);
    } catch (IllegalArgumentException e) {
      wrong.add("options of group '%s': %s".formatted(group.name(), e.getMessage()));
      return;
    }
    hyperparameters(group, changed);
    List<Transformation> rebuilt =
        links.stream().map(link -> link == ours ? changed : link).toList();
    Formula formula = Formula.of(rebuilt.size() == 1 ? changed : new Chain(rebuilt));
    for (int i = 0; i < group.parameters().size(); i++) {
      convert(pair, rule, formula, group.parameters().get(i), pair.entries().get(i));
    }
  }

  private static List<Transformation> links(Transformation rule) {
    return rule instanceof Chain(List<Transformation> links) ? links : List.of(rule);
  }

  private String otherOptimizer(Pair pair, TorchRule rule, String against) {
    List<String> fitting =
        TorchRule.all().stream()
            .filter(other -> other.against(pair.theirs()).isEmpty())
            .map(other -> "%s (here %s)".formatted(other.name(), other.id()))
            .toList();
    return "it holds the state of %s, group '%s' is %s: there it has %s"
        .formatted(
            fitting.isEmpty()
                ? "an optimizer that is not known"
                : "torch.optim." + String.join(" or ", fitting),
            pair.group().name(),
            rule.id(),
            against);
  }

  /** The file's values of our hyperparameters, by our names. */
  private Map<String, Object> values(TorchRule rule, Pair pair) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (TorchRule.Option option : rule.options()) {
      Object value = pair.theirs().options().get(option.name());
      if (value == null) {
        value = TorchRule.before(option.name()).orElseThrow();
      }
      List<?> parts =
          option.ours().size() == 1 ? List.of(value) : value instanceof List<?> l ? l : List.of();
      if (parts.size() != option.ours().size()) {
        wrong.add("%s of group '%s' is %s".formatted(option.name(), pair.group().name(), value));
        continue;
      }
      for (int i = 0; i < parts.size(); i++) {
        Hyperparameters.Component component = option.ours().get(i);
        Object part = parts.get(i);
        if (rule.id().equals("adafactor")
            && component.name().equals("eps1")
            && part.equals(Optional.empty())) {
          part = machineEpsilon(pair);
        }
        put(values, component, part, pair.group());
      }
    }
    return values;
  }

  private void put(
      Map<String, Object> values, Hyperparameters.Component component, Object part, Group group) {
    if (component.type() == boolean.class && part instanceof Boolean) {
      values.put(component.name(), part);
    } else if (component.type() == boolean.class && part instanceof Number number) {
      values.put(component.name(), number.doubleValue() != 0);
    } else if (component.type() == double.class && part instanceof Number number) {
      values.put(component.name(), number.doubleValue());
    } else if (component.type() == double.class && part instanceof Boolean flag) {
      values.put(component.name(), flag ? 1.0 : 0.0);
    } else {
      wrong.add(
          "%s of group '%s' must be %s, in the file it is %s"
              .formatted(
                  component.name(), group.name(), component.kind(), Text.shown(part.toString())));
    }
  }

  /**
   * What PyTorch takes for None: the distance from 1 to the next number of the parameters' type.
   */
  private static double machineEpsilon(Pair pair) {
    TorchType type =
        pair.entries().stream()
            .flatMap(entry -> entry.state().entrySet().stream())
            .filter(state -> !state.getKey().equals("step"))
            .map(state -> state.getValue().type())
            .filter(TorchType::isFloat)
            .findFirst()
            .orElse(TorchType.FLOAT32);
    return switch (type) {
      case FLOAT64 -> Math.ulp(1.0);
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      default -> Math.ulp(1f);
    };
  }

  /** The rule with the file's values; what follows a schedule goes on to. */
  private static Transformation changed(Transformation ours, Map<String, Object> values) {
    Transformation plain = Scheduled.plain(ours);
    Object[] all =
        Hyperparameters.of(plain).list().stream()
            .map(component ->
                isScheduled(ours, component.name())
                    ? Hyperparameters.get(plain, component.name())
                    : values.getOrDefault(
                        component.name(), Hyperparameters.get(plain, component.name())))
            .toArray();
    Transformation changed = Hyperparameters.with(plain, all);
    return ours instanceof Scheduled scheduled
        ? new Scheduled(changed, scheduled.schedules())
        : changed;
  }

  private static boolean isScheduled(Transformation rule, String hyper) {
    return rule instanceof Scheduled scheduled && scheduled.schedules().containsKey(hyper);
  }

  private void hyperparameters(Group group, Transformation changed) {
    Map<String, String> inForce = new LinkedHashMap<>(group.hyperparameters());
    Transformation plain = Scheduled.plain(changed);
    for (String name : Hyperparameters.of(plain).names()) {
      if (!isScheduled(changed, name)) {
        inForce.put(plain.name() + "." + name, Hyperparameters.get(plain, name).toString());
      }
    }
    inForce.forEach((name, value) -> hyperparameters.put(group.name() + "/" + name, value));
  }

  private void convert(
      Pair pair,
      TorchRule rule,
      Formula formula,
      Parameter parameter,
      TorchOptimizerState.Entry entry) {
    String group = pair.group().name();
    long t = updates(rule, entry, parameter);
    updates.put(group + "/" + parameter.name(), t);
    for (State state : formula.states()) {
      List<Long> shape = state.shape(parameter.shape());
      String key = "%s/%s/%s".formatted(group, state.key(), parameter.name());
      String name = own(rule, state.key(), pair.group());
      if (entry.state().isEmpty() || t == 0 && rule.step() == TorchRule.Step.NONE) {
        Buffer initial =
            Buffer.allocate(state.extent().count(parameter.shape()), NumberType.FLOAT64);
        initial.fill(state.initial());
        tensors.put(key, new StateTensor(shape, initial));
      } else if (rule.id().equals("adafactor")) {
        Factored.read(name, parameter, entry, wrong)
            .ifPresent(values -> tensors.put(key, new StateTensor(shape, values)));
      } else {
        find(entry, name, parameter, parameter.shape())
            .ifPresent(tensor -> tensors.put(key, new StateTensor(shape, tensor.values())));
      }
    }
    masters(group, parameter);
    for (ScalarState number : formula.numbers()) {
      String name = own(rule, number.key(), pair.group());
      double value = number.initial();
      if (!entry.state().isEmpty()) {
        value =
            find(entry, name, parameter, List.of())
                .map(tensor -> tensor.values().get(0))
                .orElse(value);
      }
      tensors.put(
          "%s/%s/%s".formatted(group, number.key(), parameter.name()), StateTensor.number(value));
    }
  }

  /** PyTorch has no masters: they begin as the parameters are. */
  private void masters(String group, Parameter parameter) {
    String key = "%s/master/value/%s".formatted(group, parameter.name());
    if (parameter.value().type().isLow() && optimizer.state().tensors().containsKey(key)) {
      Buffer master = Buffer.allocate(parameter.length(), NumberType.FLOAT32);
      master.copyFrom(parameter.value());
      tensors.put(key, new StateTensor(parameter.shape(), master));
    }
  }

  /** The name of a state without the rule's, which must be the one that PyTorch has. */
  private String own(TorchRule rule, String key, Group group) {
    String prefix = rule.id() + "/";
    if (!key.startsWith(prefix)) {
      String problem =
          "the chain of group '%s' also remembers %s, which is not in it"
              .formatted(group.name(), key);
      if (!wrong.contains(problem)) {
        wrong.add(problem);
      }
      return key;
    }
    return key.substring(prefix.length());
  }

  private Optional<TorchTensor> find(
      TorchOptimizerState.Entry entry, String name, Parameter parameter, List<Long> shape) {
    return find(entry, name, parameter, shape, wrong);
  }

  static Optional<TorchTensor> find(
      TorchOptimizerState.Entry entry,
      String name,
      Parameter parameter,
      List<Long> shape,
      List<String> wrong) {
    TorchTensor tensor = entry.state().get(name);
    if (tensor == null) {
      wrong.add(
          "%s of parameter '%s' (%d in it) is missing"
              .formatted(name, parameter.name(), entry.index()));
    } else if (!tensor.shape().equals(shape)) {
      wrong.add(
          "%s of parameter '%s' (%d in it) has shape %s, here it needs %s"
              .formatted(name, parameter.name(), entry.index(), tensor.shape(), shape));
    } else {
      return Optional.of(tensor);
    }
    return Optional.empty();
  }

  private long updates(TorchRule rule, TorchOptimizerState.Entry entry, Parameter parameter) {
    if (rule.step() == TorchRule.Step.NONE) {
      return entry.state().isEmpty() ? 0 : Math.max(1, said.orElse(1));
    }
    if (entry.state().isEmpty()) {
      return 0;
    }
    TorchTensor step = entry.state().get("step");
    if (step == null || step.length() != 1) {
      wrong.add(
          "step of parameter '%s' (%d in it) is %s"
              .formatted(parameter.name(), entry.index(), step == null ? "missing" : step));
      return 0;
    }
    double value = step.values().get(0);
    if (!(value >= 0) || value > 1L << 53 || value != Math.rint(value)) {
      wrong.add(
          "step of parameter '%s' (%d in it) is %s"
              .formatted(parameter.name(), entry.index(), value));
      return 0;
    }
    return (long) value;
  }
}
