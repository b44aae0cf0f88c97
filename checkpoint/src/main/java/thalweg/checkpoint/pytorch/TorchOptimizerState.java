package thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;

/**
 * The {@code state_dict()} of one of PyTorch's optimizers, as it stands in a file: groups of
 * parameters with their options, and what is remembered of each parameter. It does not say which
 * optimizer it is of; {@link #toState} compares it with the one that is to go on.
 *
 * @param where the file, for messages
 * @param groups {@code param_groups} in order
 */
public record TorchOptimizerState(String where, List<Group> groups) {
  public TorchOptimizerState {
    groups = List.copyOf(groups);
  }

  /**
   * One of {@code param_groups}.
   *
   * @param options everything but the parameters: {@code lr}, {@code betas}, … A value is a {@link
   *     Double}, {@link Long}, {@link Boolean}, {@link String}, a {@link List} of these, or an
   *     empty {@link Optional} for None
   */
  public record Group(Map<String, Object> options, List<Entry> parameters) {
    public Group {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * One parameter.
   *
   * @param index its number: PyTorch counts from 0 over all groups
   * @param name its name, where the optimizer was given names ({@code named_parameters()})
   * @param state key to what is remembered; empty before its first update
   */
  public record Entry(long index, Optional<String> name, Map<String, TorchTensor> state) {
    public Entry {
      state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }
  }

  /** Whether the file says the names of the parameters. */
  public boolean isNamed() {
    return groups.stream()
        .flatMap(group -> group.parameters().stream())
        .allMatch(parameter -> parameter.name().isPresent());
  }

  /**
   * With parameters under other names, where the file has names: each that a pattern matches as a
   * whole gets the replacement, in which {@code $1} is the first group of the pattern.
   *
   * @throws IllegalArgumentException if two parameters would have one name, or the replacement asks
   *     for a group that the pattern does not have
   */
  public TorchOptimizerState rename(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    List<Group> renamed = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Group group : groups) {
      List<Entry> entries = new ArrayList<>();
      for (Entry entry : group.parameters()) {
        Optional<String> name =
            entry
                .name()
                .map(old -> {
                  Matcher matcher = pattern.matcher(old);
                  try {
                    return matcher.matches() ? matcher.replaceFirst(replacement) : old;
                  } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                        "'%s' cannot replace what '%s' fits: %s"
                            .formatted(replacement, regex, e.getMessage()),
                        e);
                  }
                });
        name.ifPresent(names::add);
        entries.add(new Entry(entry.index(), name, entry.state()));
      }
      renamed.add(new Group(group.options(), entries));
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) != i) {
        throw new IllegalArgumentException(
            "'%s' renames two parameters to '%s'".formatted(regex, names.get(i)));
      }
    }
    return new TorchOptimizerState(where, renamed);
  }

  /**
   * What {@link Optimizer#load} takes to go on where PyTorch stopped: the states under our names,
   * with the file's hyperparameters, but for those that follow a schedule here: it goes on at the
   * largest count of updates in the file. Parameters are found by name, or by their order in each
   * group where the file has no names.
   *
   * @throws thalweg.checkpoint.CheckpointException naming all that does not fit
   */
  public OptimizerState toState(Optimizer optimizer) {
    return new FromTorch(this, optimizer, OptionalLong.empty()).state();
  }

  /**
   * The same after a number of updates that is known from elsewhere: SGD does not count its own,
   * which schedules need to know.
   *
   * @param updates that the optimizer has made; schedules go on there
   */
  public OptimizerState toState(Optimizer optimizer, long updates) {
    if (updates < 0) {
      throw new IllegalArgumentException("updates must be 0 or more, got " + updates);
    }
    return new FromTorch(this, optimizer, OptionalLong.of(updates)).state();
  }

  @Override
  public String toString() {
    return groups.stream()
        .map(group ->
            "%d parameters, %s"
                .formatted(
                    group.parameters().size(),
                    group.options().entrySet().stream()
                        .filter(option -> !option.getValue().equals(Optional.empty()))
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining(", "))))
        .collect(Collectors.joining("; "));
  }
}
