package thalweg.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a state is taken over that was saved under other names, by other groups, or of another model.
 * {@link #strict} wants everything to fit; {@link #lenient} takes what fits and reports the rest.
 *
 * <p>Renaming comes first and works on the names in the state: a name that a pattern fits from its
 * first letter to its last is replaced, {@code $1} being what the first brackets took. Of several
 * patterns the first that fits counts.
 */
public final class LoadOptions {
  private final boolean lenient;
  private final boolean hyperparameters;
  private final List<Rename> parameters;
  private final List<Rename> groups;

  private record Rename(Pattern pattern, String replacement) {}

  private LoadOptions(
      boolean lenient, boolean hyperparameters, List<Rename> parameters, List<Rename> groups) {
    this.lenient = lenient;
    this.hyperparameters = hyperparameters;
    this.parameters = List.copyOf(parameters);
    this.groups = List.copyOf(groups);
  }

  /** Every name must be there, none may be left over, all shapes must be equal. */
  public static LoadOptions strict() {
    return new LoadOptions(false, true, List.of(), List.of());
  }

  /**
   * Takes what fits. A parameter is found by its name, in whatever group it was, and is taken over
   * wholly or not at all: if one of its states is missing or of another shape, it keeps what it has
   * here, which is nothing in a new optimizer.
   */
  public static LoadOptions lenient() {
    return new LoadOptions(true, true, List.of(), List.of());
  }

  /**
   * Renames parameters, as in {@code rename("encoder\\.(.*)", "backbone.$1")}.
   *
   * @throws java.util.regex.PatternSyntaxException if that is no regular expression
   */
  public LoadOptions rename(String regex, String replacement) {
    List<Rename> all = new ArrayList<>(parameters);
    all.add(new Rename(Pattern.compile(regex), replacement));
    return new LoadOptions(lenient, hyperparameters, all, groups);
  }

  /**
   * Renames groups.
   *
   * @throws java.util.regex.PatternSyntaxException if that is no regular expression
   */
  public LoadOptions renameGroup(String regex, String replacement) {
    List<Rename> all = new ArrayList<>(groups);
    all.add(new Rename(Pattern.compile(regex), replacement));
    return new LoadOptions(lenient, hyperparameters, parameters, all);
  }

  /** Leaves the hyperparameters as they are here: another rate, for a model that is tuned on. */
  public LoadOptions keepHyperparameters() {
    return new LoadOptions(lenient, false, parameters, groups);
  }

  /** Whether it takes what fits and reports the rest. */
  public boolean isLenient() {
    return lenient;
  }

  /** The new name of a parameter. */
  public String renamed(String parameter) {
    return renamed(parameter, parameters, new ArrayList<>());
  }

  boolean takesHyperparameters() {
    return hyperparameters;
  }

  /**
   * The state under its new names.
   *
   * @throws IllegalArgumentException if a pattern fits no name, or two names become one
   */
  OptimizerState renamed(OptimizerState state) {
    if (parameters.isEmpty() && groups.isEmpty()) {
      return state;
    }
    List<Rename> unused = new ArrayList<>();
    unused.addAll(parameters);
    unused.addAll(groups);
    UnaryOperator<String> group = name -> renamed(name, groups, unused);
    UnaryOperator<String> parameter = name -> renamed(name, parameters, unused);
    OptimizerState renamed =
        new OptimizerState(
            renamed(
                state.tensors(),
                key -> {
                  StateName name = StateName.of(key);
                  return name.parameter().isEmpty()
                      ? group.apply(name.group()) + "/" + name.state()
                      : group.apply(name.group())
                          + "/"
                          + name.state()
                          + "/"
                          + parameter.apply(name.parameter());
                }),
            renamed(
                state.updates(),
                key ->
                    group.apply(StateName.group(key)) + "/" + parameter.apply(StateName.rest(key))),
            renamed(
                state.hyperparameters(),
                key -> group.apply(StateName.group(key)) + "/" + StateName.rest(key)),
            state.progress());
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing in the state is named as %s says; it has %s"
              .formatted(
                  unused.stream().map(rename -> "'" + rename.pattern() + "'").toList(),
                  state.updates().keySet()));
    }
    return renamed;
  }

  private static <T> Map<String, T> renamed(Map<String, T> map, UnaryOperator<String> name) {
    Map<String, String> origin = new LinkedHashMap<>();
    Map<String, T> renamed = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      String changed = name.apply(key);
      String other = origin.put(changed, key);
      if (other != null) {
        throw new IllegalArgumentException(
            "'%s' and '%s' would both be renamed to '%s'".formatted(other, key, changed));
      }
      renamed.put(changed, value);
    });
    return renamed;
  }

  private static String renamed(String name, List<Rename> renames, List<Rename> unused) {
    for (Rename rename : renames) {
      Matcher matcher = rename.pattern().matcher(name);
      if (matcher.matches()) {
        unused.remove(rename);
        StringBuilder changed = new StringBuilder();
        try {
          matcher.appendReplacement(changed, rename.replacement());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "'%s' cannot replace what '%s' fits: %s"
                  .formatted(rename.replacement(), rename.pattern(), e.getMessage()),
              e);
        }
        return changed.toString();
      }
    }
    return name;
  }
}
