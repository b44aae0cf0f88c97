package thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import thalweg.checkpoint.CheckpointException;

/** What {@code torch.save} wrote, and where in it an optimizer's or a model's state stands. */
record TorchFile(Path path, Pickled content) {
  private static final int DEEPEST = 8;

  static TorchFile open(Path path) {
    TorchArchive archive = TorchArchive.open(path);
    return new TorchFile(
        path, PickleReader.read(archive.pickle(), new TorchTensors(archive), path.toString()));
  }

  /** The optimizer's state at a place; where no place is given, the only one. */
  TorchOptimizerState optimizer(String at) {
    Pickled found =
        only(at, TorchFile::isOptimizer, "an optimizer's state_dict (state and param_groups)");
    return optimizer((Pickled.Dict) found);
  }

  /** The tensors at a place; where no place is given, the only dict of tensors. */
  Map<String, TorchTensor> tensors(String at) {
    Pickled.Dict found =
        (Pickled.Dict) only(at, TorchFile::isModel, "a model's state_dict (a dict of tensors)");
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    found
        .entries()
        .forEach((key, value) -> {
          if (key instanceof Pickled.Words(String name)
              && value instanceof Pickled.Tensor(TorchTensor tensor)) {
            tensors.put(name, tensor);
          }
        });
    return Collections.unmodifiableMap(tensors);
  }

  private static boolean isOptimizer(Pickled value) {
    return value instanceof Pickled.Dict dict
        && dict.get("state").filter(Pickled.Dict.class::isInstance).isPresent()
        && dict.get("param_groups").filter(Pickled.Sequence.class::isInstance).isPresent();
  }

  private static boolean isModel(Pickled value) {
    return value instanceof Pickled.Dict dict
        && !dict.entries().isEmpty()
        && dict.entries().entrySet().stream()
            .allMatch(entry ->
                entry.getKey() instanceof Pickled.Words
                    && entry.getValue() instanceof Pickled.Tensor);
  }

  private Pickled only(String at, Predicate<Pickled> wanted, String what) {
    Map<String, Pickled> found = places(wanted);
    if (!at.isEmpty()) {
      Pickled there = found.get(at);
      if (there == null) {
        throw new CheckpointException(
            "%s has not %s at '%s'%s".formatted(path, what, at, there(found)));
      }
      return there;
    }
    if (found.size() != 1) {
      throw new CheckpointException(
          found.isEmpty()
              ? "%s has not %s; it is %s".formatted(path, what, content.kindName() + keys())
              : "%s has more than one: say which%s".formatted(path, there(found)));
    }
    return found.values().iterator().next();
  }

  private static String there(Map<String, Pickled> found) {
    return found.isEmpty()
        ? ""
        : "; there is "
            + String.join(", ", found.keySet().stream().limit(10).map(Text::shown).toList());
  }

  private String keys() {
    if (!(content instanceof Pickled.Dict dict)) {
      return "";
    }
    List<String> keys =
        dict.entries().keySet().stream()
            .limit(10)
            .map(key ->
                key instanceof Pickled.Words(String name) ? Text.shown(name) : key.kindName())
            .toList();
    return " of " + String.join(", ", keys);
  }

  /** All values that are wanted, by their place; what is in them is not searched. */
  private Map<String, Pickled> places(Predicate<Pickled> wanted) {
    record Place(String name, Pickled value, int depth) {}
    Map<String, Pickled> found = new LinkedHashMap<>();
    Set<Pickled> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Place> open = new ArrayDeque<>();
    open.add(new Place("", content, 0));
    while (!open.isEmpty()) {
      Place place = open.removeFirst();
      if (place.depth() > DEEPEST || !seen.add(place.value())) {
        continue;
      }
      if (wanted.test(place.value())) {
        found.put(place.name(), place.value());
        continue;
      }
      if (isOptimizer(place.value())) {
        continue;
      }
      String prefix = place.name().isEmpty() ? "" : place.name() + ".";
      switch (place.value()) {
        case Pickled.Dict dict ->
            dict.entries()
                .forEach((key, value) -> {
                  if (key instanceof Pickled.Words(String name)) {
                    open.add(new Place(prefix + name, value, place.depth() + 1));
                  }
                });
        case Pickled.Sequence sequence -> {
          for (int i = 0; i < sequence.items().size(); i++) {
            open.add(new Place(prefix + i, sequence.items().get(i), place.depth() + 1));
          }
        }
        default -> {}
      }
    }
    return found;
  }

  private TorchOptimizerState optimizer(Pickled.Dict dict) {
    Map<BigInteger, Pickled> states = new HashMap<>();
    ((Pickled.Dict) dict.get("state").orElseThrow())
        .entries()
        .forEach((key, value) -> {
          if (!(key instanceof Pickled.Whole(BigInteger index))) {
            throw odd("the number of a parameter", key);
          }
          states.put(index, value);
        });
    List<TorchOptimizerState.Group> groups = new ArrayList<>();
    for (Pickled group : ((Pickled.Sequence) dict.get("param_groups").orElseThrow()).items()) {
      if (!(group instanceof Pickled.Dict options)) {
        throw odd("one of param_groups", group);
      }
      groups.add(group(options, states));
    }
    if (!states.isEmpty()) {
      throw new CheckpointException(
          "%s has states of parameters %s, which are in none of param_groups"
              .formatted(path, states.keySet().stream().limit(10).toList()));
    }
    return new TorchOptimizerState(path.toString(), groups);
  }

  private TorchOptimizerState.Group group(Pickled.Dict dict, Map<BigInteger, Pickled> states) {
    List<Pickled> indices = items(dict, "params").orElse(List.of());
    Optional<List<Pickled>> names = items(dict, "param_names");
    if (names.isPresent() && names.get().size() != indices.size()) {
      throw new CheckpointException(
          "%s has a group of %d params with %d param_names"
              .formatted(path, indices.size(), names.get().size()));
    }
    List<TorchOptimizerState.Entry> parameters = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      if (!(indices.get(i) instanceof Pickled.Whole(BigInteger index))) {
        throw odd("one of params", indices.get(i));
      }
      Optional<String> name = Optional.empty();
      if (names.isPresent()) {
        if (!(names.get().get(i) instanceof Pickled.Words(String text))) {
          throw odd("one of param_names", names.get().get(i));
        }
        name = Optional.of(text);
      }
      Pickled state = states.remove(index);
      parameters.add(
          new TorchOptimizerState.Entry(
              index.longValue(), name, state == null ? Map.of() : state(state)));
    }
    Map<String, Object> options = new LinkedHashMap<>();
    dict.entries()
        .forEach((key, value) -> {
          if (key instanceof Pickled.Words(String name)
              && !name.equals("params")
              && !name.equals("param_names")) {
            options.put(name, plain(value, 0));
          }
        });
    return new TorchOptimizerState.Group(options, parameters);
  }

  private Optional<List<Pickled>> items(Pickled.Dict dict, String key) {
    return dict.get(key)
        .map(value -> {
          if (!(value instanceof Pickled.Sequence sequence)) {
            throw odd(key, value);
          }
          return sequence.items();
        });
  }

  /** What is remembered of one parameter; keys that hold None are left out. */
  private Map<String, TorchTensor> state(Pickled value) {
    if (!(value instanceof Pickled.Dict dict)) {
      throw odd("the state of a parameter", value);
    }
    Map<String, TorchTensor> state = new LinkedHashMap<>();
    dict.entries()
        .forEach((key, part) -> {
          if (!(key instanceof Pickled.Words(String name))) {
            throw odd("a key in the state of a parameter", key);
          }
          switch (part) {
            case Pickled.None _ -> {}
            case Pickled.Tensor(TorchTensor tensor) -> state.put(name, tensor);
            case Pickled.Whole(BigInteger whole) ->
                state.put(name, TorchTensor.whole(whole.doubleValue()));
            case Pickled.Real(double real) -> state.put(name, TorchTensor.real(real));
            default -> throw odd("'" + Text.shown(name) + "' of a parameter", part);
          }
        });
    return state;
  }

  /** An option as a Java value; a tensor of one element is a number, as a learning rate may be. */
  private static Object plain(Pickled value, int depth) {
    return switch (value) {
      case Pickled.Flag(boolean flag) -> flag;
      case Pickled.Whole(BigInteger whole) ->
          whole.bitLength() < 64 ? (Object) whole.longValue() : (Object) whole.doubleValue();
      case Pickled.Real(double real) -> real;
      case Pickled.Words(String text) -> text;
      case Pickled.Tensor(TorchTensor tensor) when tensor.length() == 1 -> tensor.values().get(0);
      case Pickled.Sequence sequence when depth < 2 && sequence.items().size() <= 64 ->
          sequence.items().stream().map(item -> plain(item, depth + 1)).toList();
      case Pickled.None _ -> Optional.empty();
      default -> value.kindName();
    };
  }

  private CheckpointException odd(String what, Pickled value) {
    return new CheckpointException(
        "%s is no optimizer's state: %s is %s".formatted(path, what, value.kindName()));
  }
}
