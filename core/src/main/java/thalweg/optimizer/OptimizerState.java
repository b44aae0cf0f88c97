package thalweg.optimizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything an optimizer remembers, at one moment, keyed by name.
 *
 * @param tensors {@code group/rule/state/parameter} to what is remembered, in the type it is
 *     remembered in; {@code group/rule/number} to a number of the group
 * @param updates {@code group/parameter} to the number of updates it has had (t)
 * @param hyperparameters {@code group/rule.name} to the value in force, numbers, switches and
 *     choices alike, as text
 * @param progress what belongs to no parameter, by name: where the schedules stand, the loss scale
 */
public record OptimizerState(
    Map<String, StateTensor> tensors,
    Map<String, Long> updates,
    Map<String, String> hyperparameters,
    Map<String, Double> progress) {
  /** In {@code progress}, the number of updates so far. */
  public static final String UPDATES = "clock/updates";

  /** In {@code progress}, the number of epochs that have ended. */
  public static final String EPOCHS = "clock/epochs";

  public OptimizerState {
    tensors = new LinkedHashMap<>(tensors);
    updates = new LinkedHashMap<>(updates);
    hyperparameters = new LinkedHashMap<>(hyperparameters);
    progress = new LinkedHashMap<>(progress);
  }

  /**
   * Writes it to a file, aside and then in place of what was there, in the {@link StateFormat} that
   * is installed: safetensors.
   */
  public void save(Path file) {
    StateFormat.installed().save(this, file);
  }

  /** Reads one back that {@link #save} wrote. */
  public static OptimizerState load(Path file) {
    return StateFormat.installed().load(file);
  }

  /** The same in memory of its own. */
  public OptimizerState copy() {
    Map<String, StateTensor> copies = new LinkedHashMap<>();
    tensors.forEach((key, tensor) -> copies.put(key, tensor.copy()));
    return new OptimizerState(copies, updates, hyperparameters, progress);
  }

  /**
   * What is remembered under a key.
   *
   * @throws IllegalArgumentException if there is no such key
   */
  public StateTensor tensor(String key) {
    return known(tensors, "state", key);
  }

  /** All tensors, widened to double. */
  public Map<String, double[]> toDoubles() {
    Map<String, double[]> doubles = new LinkedHashMap<>();
    tensors.forEach((key, tensor) -> doubles.put(key, tensor.toDoubles()));
    return doubles;
  }

  long updates(String key) {
    return known(updates, "parameter", key);
  }

  private static <T> T known(Map<String, T> map, String what, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "no %s '%s'; there are %s".formatted(what, key, map.keySet()));
    }
    return value;
  }
}
