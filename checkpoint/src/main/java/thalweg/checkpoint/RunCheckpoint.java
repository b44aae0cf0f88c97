package thalweg.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import thalweg.optimizer.OptimizerState;

/**
 * Everything a run needs to go on as if it had never stopped.
 *
 * @param step how many updates have been made
 * @param model the model's tensors by name: parameters and buffers
 * @param optimizer what the optimizer remembers; null where it is not part of the checkpoint
 * @param values whatever else there is, by name: the place in the data, random states, counters;
 *     text, truth values, numbers, lists and maps of such. A whole number comes back as a {@link
 *     Long}, any other as a {@link Double}
 * @param beside tensors by name that are no part of the model: averaged weights, the best so far
 */
public record RunCheckpoint(
    long step,
    Map<String, RawTensor> model,
    @Nullable OptimizerState optimizer,
    Map<String, Object> values,
    Map<String, RawTensor> beside) {
  static final String KIND = "run";
  private static final String OPTIMIZER = "optimizer/";
  private static final String BESIDE = "beside/";
  private static final String STEP = "thalweg.step";
  private static final String SCORE = "thalweg.score";
  private static final String VALUES = "thalweg.values";

  public RunCheckpoint {
    if (step < 0) {
      throw new IllegalArgumentException("RunCheckpoint.step must be >= 0, got " + step);
    }
    model = new LinkedHashMap<>(model);
    values = new LinkedHashMap<>(values);
    beside = new LinkedHashMap<>(beside);
  }

  /** One with nothing beside model, optimizer and values. */
  public RunCheckpoint(
      long step,
      Map<String, RawTensor> model,
      @Nullable OptimizerState optimizer,
      Map<String, Object> values) {
    this(step, model, optimizer, values, Map.of());
  }

  /**
   * Writes it to a file, aside and then in place of what was there.
   *
   * @throws CheckpointException if that fails; what was there is unchanged then
   */
  public void save(Path file) {
    save(file, OptionalDouble.empty());
  }

  void save(Path file, OptionalDouble score) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = Fields.of(KIND);
    metadata.put(STEP, Long.toString(step));
    score.ifPresent(value -> metadata.put(SCORE, Double.toString(value)));
    model.forEach((name, tensor) -> tensors.put(ModelFile.PREFIX + name, tensor));
    beside.forEach((name, tensor) -> tensors.put(BESIDE + name, tensor));
    if (optimizer != null) {
      StateFields.put(optimizer, OPTIMIZER, tensors, metadata);
    }
    metadata.put(VALUES, Json.write(values));
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Reads one that was written whole and has not been altered. Its tensors are mapped, see {@link
   * Safetensors}.
   *
   * @throws CheckpointException in one line, if it is none
   */
  public static RunCheckpoint load(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      Fields.check(opened, KIND, "checkpoint of a run");
      return new RunCheckpoint(
          step(opened),
          ModelFile.tensors(opened, ModelFile.PREFIX),
          StateFields.isIn(opened) ? StateFields.get(opened, OPTIMIZER) : null,
          Json.readObject(opened, VALUES),
          ModelFile.tensors(opened, BESIDE));
    }
  }

  /**
   * Reads what a file says of itself: step and values, no tensors and nothing of the optimizer.
   *
   * @throws CheckpointException in one line, if it is none; its checksum is not looked at
   */
  static RunCheckpoint head(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      Fields.checkHead(opened, KIND, "checkpoint of a run");
      return new RunCheckpoint(step(opened), Map.of(), null, Json.readObject(opened, VALUES));
    }
  }

  private static long step(Safetensors file) {
    String text = Fields.get(file, STEP);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          "%s is damaged: its step is '%s'".formatted(file.file(), text), e);
    }
  }

  /** The score a file was saved with; empty if none, or if it is no whole checkpoint. */
  static OptionalDouble score(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      String text = opened.metadata().get(SCORE);
      return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (CheckpointException | NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The value of a name, where it is a whole number. */
  public long whole(String name) {
    return get(name, Long.class);
  }

  /** The value of a name, where it is a number. */
  public double number(String name) {
    return get(name, Number.class).doubleValue();
  }

  /** The value of a name, where it is text. */
  public String text(String name) {
    return get(name, String.class);
  }

  /** The value of a name, where it is a list. */
  public List<?> list(String name) {
    return get(name, List.class);
  }

  /** The value of a name, where it is a list of whole numbers. */
  public List<Long> wholes(String name) {
    return list(name).stream()
        .map(value -> {
          if (value instanceof Long whole) {
            return whole;
          }
          throw new CheckpointException(
              "the checkpoint of step %d has %s under '%s', wanted are whole numbers"
                  .formatted(step, list(name), name));
        })
        .toList();
  }

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new CheckpointException(
          "the checkpoint of step %d has %s under '%s', wanted is a %s; it has %s"
              .formatted(
                  step,
                  value == null ? "nothing" : value.toString(),
                  name,
                  type.getSimpleName(),
                  values.keySet()));
    }
    return type.cast(value);
  }
}
