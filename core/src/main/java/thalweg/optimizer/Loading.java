package thalweg.optimizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 */
record Loading(Group group, Transformation rule, Formula formula) {
  /**
   * Compares a state with the groups that are to load it.
   *
   * @throws IllegalArgumentException naming everything that is missing, left over or wrong
   */
  static List<Loading> of(List<Group> groups, OptimizerState state, @Nullable LossScaler scaler) {
    List<String> wrong = new ArrayList<>();
    Set<String> known = new HashSet<>();
    List<Loading> loadings = new ArrayList<>();
    for (Group group : groups) {
      Loading loading = rebuilt(group, state, known, wrong);
      if (loading != null) {
        loading.compare(state, known, wrong);
        loadings.add(loading);
      }
    }
    if (loadings.size() == groups.size()) {
      leftOver(state.tensors().keySet(), "state", known, wrong);
      leftOver(state.updates().keySet(), "parameter", known, wrong);
      leftOver(state.hyperparameters().keySet(), "hyperparameter", known, wrong);
    }
    LossScaler.compare(scaler != null && scaler.isDynamic(), state.progress(), wrong);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("state does not fit: " + String.join("; ", wrong));
    }
    return loadings;
  }

  private static @Nullable Loading rebuilt(
      Group group, OptimizerState state, Set<String> known, List<String> wrong) {
    int before = wrong.size();
    for (Link link : Link.all(group.rule())) {
      String key = group.name() + "/" + link.fullName();
      known.add(key);
      if (!state.hyperparameters().containsKey(key)) {
        wrong.add("hyperparameter '%s' is missing".formatted(key));
      }
    }
    if (wrong.size() > before) {
      return null;
    }
    try {
      Transformation rule =
          Link.rebuild(group.rule(), name -> state.hyperparameter(group.name() + "/" + name));
      Formula formula = Formula.of(rule);
      Drives.of(group.name(), rule, formula); // which may refuse a schedule
      return new Loading(group, rule, formula);
    } catch (IllegalArgumentException e) {
      wrong.add("hyperparameters of group '%s': %s".formatted(group.name(), e.getMessage()));
      return null;
    }
  }

  private void compare(OptimizerState state, Set<String> known, List<String> wrong) {
    for (Parameter parameter : group.parameters()) {
      String updates = group.name() + "/" + parameter.name();
      known.add(updates);
      if (!state.updates().containsKey(updates)) {
        wrong.add("parameter '%s' is missing".formatted(updates));
      } else if (state.updates(updates) < 0) {
        wrong.add("parameter '%s' has had %d updates".formatted(updates, state.updates(updates)));
      }
      if (group.storage().hasMaster(parameter.value().type())) {
        String key = "%s/%s/%s".formatted(group.name(), Group.MASTER, parameter.name());
        compare(state, key, parameter.length(), known, wrong);
      }
      for (State wanted : formula.states()) {
        String key = "%s/%s/%s".formatted(group.name(), wanted.key(), parameter.name());
        long length = wanted.extent().count(parameter.shape()) * Math.max(1, wanted.terms());
        compare(state, key, length, known, wrong);
      }
      for (ScalarState wanted : formula.numbers()) {
        if (wanted.scope() == Scope.TENSOR) {
          String key = "%s/%s/%s".formatted(group.name(), wanted.key(), parameter.name());
          compare(state, key, 1, known, wrong);
        }
      }
    }
    for (ScalarState wanted : formula.numbers()) {
      if (wanted.scope() == Scope.MODEL) {
        compare(state, group.name() + "/" + wanted.key(), 1, known, wrong);
      }
    }
  }

  private static void compare(
      OptimizerState state, String key, long length, Set<String> known, List<String> wrong) {
    known.add(key);
    if (!state.tensors().containsKey(key)) {
      wrong.add("state '%s' is missing".formatted(key));
    } else if (state.tensor(key).length != length) {
      wrong.add(
          "state '%s' has %d elements, here it needs %d"
              .formatted(key, state.tensor(key).length, length));
    }
  }

  private static void leftOver(
      Set<String> given, String what, Set<String> known, List<String> wrong) {
    given.stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> wrong.add("%s '%s' is not known here".formatted(what, key)));
  }
}
