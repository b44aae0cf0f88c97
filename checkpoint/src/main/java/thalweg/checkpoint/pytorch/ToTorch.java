package thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.checkpoint.CheckpointException;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;

/** Puts what an optimizer remembers under PyTorch's keys. */
final class ToTorch {
  private final Optimizer optimizer;
  private final OptimizerState state;
  private final List<String> wrong = new ArrayList<>();

  ToTorch(Optimizer optimizer) {
    this.optimizer = optimizer;
    this.state = optimizer.state();
  }

  /** The {@code state_dict()} that a Python optimizer in this place would have. */
  TorchOptimizerState stateDict() {
    List<TorchOptimizerState.Group> groups = new ArrayList<>();
    long index = 0;
    for (Group group : optimizer.groups()) {
      Optional<Transformation> ours = TorchRule.link(group.rule());
      if (ours.isEmpty()) {
        wrong.add(
            "group '%s' is %s, which torch.optim does not have"
                .formatted(group.name(), group.rule().name()));
        continue;
      }
      TorchRule rule = TorchRule.of(ours.get()).orElseThrow();
      List<TorchOptimizerState.Entry> entries = new ArrayList<>();
      for (Parameter parameter : group.parameters()) {
        entries.add(
            new TorchOptimizerState.Entry(
                index++, Optional.of(parameter.name()), entry(rule, group, parameter)));
      }
      groups.add(new TorchOptimizerState.Group(options(rule, ours.get(), group), entries));
    }
    if (!wrong.isEmpty()) {
      throw new CheckpointException(
          "PyTorch cannot go on with this optimizer: " + String.join("; ", wrong));
    }
    return new TorchOptimizerState("the optimizer", groups);
  }

  private Map<String, Object> options(TorchRule rule, Transformation ours, Group group) {
    rule.dialects()
        .forEach((name, meant) -> {
          Object value = Hyperparameters.get(ours, name);
          if (!value.toString().equals(meant)) {
            wrong.add(
                "%s=%s of group '%s' is not in torch.optim.%s, which has %s"
                    .formatted(name, value, group.name(), rule.name(), meant));
          }
        });
    Map<String, Object> options = new LinkedHashMap<>();
    for (TorchRule.Option option : rule.options()) {
      List<Object> values =
          option.ours().stream()
              .map(component -> group.get(ours.name() + "." + component.name()))
              .toList();
      options.put(option.name(), values.size() == 1 ? values.getFirst() : values);
    }
    rule.constants().forEach((name, value) -> options.put(name, value.orElse(Optional.empty())));
    return options;
  }

  private Map<String, TorchTensor> entry(TorchRule rule, Group group, Parameter parameter) {
    Map<String, TorchTensor> entry = new LinkedHashMap<>();
    String prefix = group.name() + "/";
    long t = state.updates().getOrDefault(prefix + parameter.name(), 0L);
    Formula formula = Formula.of(group.rule());
    List<State> states = formula.states();
    List<ScalarState> numbers = formula.numbers();
    states.forEach(each -> check(rule, each.key(), group));
    numbers.forEach(each -> check(rule, each.key(), group));
    if (t == 0 && !rule.begins()) {
      return entry;
    }
    switch (rule.step()) {
      case NONE -> {}
      case WHOLE -> entry.put("step", TorchTensor.whole(t));
      case TENSOR -> entry.put("step", number(t));
    }
    for (ScalarState each : numbers) {
      Buffer value = state.tensor(prefix + each.key() + "/" + parameter.name()).values();
      entry.put(name(rule, each.key()), number(value.get(0)));
    }
    for (State each : states) {
      Buffer values = state.tensor(prefix + each.key() + "/" + parameter.name()).values();
      String name = name(rule, each.key());
      if (rule.id().equals("adafactor")) {
        Factored.write(name, parameter, of(values, List.of(values.length())), entry);
      } else {
        entry.put(name, of(values, parameter.shape()));
      }
    }
    return entry;
  }

  private void check(TorchRule rule, String key, Group group) {
    if (!key.startsWith(rule.id() + "/")) {
      String problem =
          "the chain of group '%s' also remembers %s, which torch.optim.%s does not"
              .formatted(group.name(), key, rule.name());
      if (!wrong.contains(problem)) {
        wrong.add(problem);
      }
    }
  }

  private static String name(TorchRule rule, String key) {
    return key.substring(Math.min(key.length(), rule.id().length() + 1));
  }

  private static TorchTensor number(double value) {
    Buffer number = Buffer.of(new float[] {(float) value});
    return new TorchTensor(TorchType.FLOAT32, List.of(), () -> number);
  }

  private static TorchTensor of(Buffer values, List<Long> shape) {
    TorchType type = TorchType.of(values.type());
    return new TorchTensor(
        type,
        shape,
        () -> {
          if (values.type() != NumberType.FLOAT8) {
            return values;
          }
          Buffer widened = Buffer.allocate(values.length(), NumberType.FLOAT32);
          widened.copyFrom(values);
          return widened;
        });
  }
}
