package thalweg.optimizer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Everything an optimizer remembers, at one moment: a copy, keyed by name.
 *
 * @param tensors {@code group/rule/state/parameter} to the elements; float32 states are widened,
 *     which loses nothing
 * @param updates {@code group/parameter} to the number of updates it has had (t)
 * @param hyperparameters {@code group/rule.name} to the value in force, numbers, switches and
 *     choices alike, as text
 * @param progress what belongs to no parameter, by name: where the schedules stand, the loss scale
 */
public record OptimizerState(
    Map<String, double[]> tensors,
    Map<String, Long> updates,
    Map<String, String> hyperparameters,
    Map<String, Double> progress) {
  public OptimizerState {
    tensors = new LinkedHashMap<>(tensors);
    updates = new LinkedHashMap<>(updates);
    hyperparameters = new LinkedHashMap<>(hyperparameters);
    progress = new LinkedHashMap<>(progress);
  }

  double[] tensor(String key) {
    return Objects.requireNonNull(tensors.get(key), key);
  }

  long updates(String key) {
    return Objects.requireNonNull(updates.get(key), key);
  }

  String hyperparameter(String key) {
    return Objects.requireNonNull(hyperparameters.get(key), key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptimizerState state
        && updates.equals(state.updates)
        && hyperparameters.equals(state.hyperparameters)
        && progress.equals(state.progress)
        && tensors.keySet().equals(state.tensors.keySet())
        && tensors.keySet().stream()
            .allMatch(key -> Arrays.equals(tensors.get(key), state.tensors.get(key)));
  }

  @Override
  public int hashCode() {
    return updates.hashCode() * 31 + hyperparameters.hashCode();
  }
}
