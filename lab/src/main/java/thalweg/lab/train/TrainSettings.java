package thalweg.lab.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import thalweg.lab.BadInput;

/**
 * What a run was asked for: the options that were given, each as its text, checked one by one.
 *
 * @param given by option; what is not there has its default
 */
public record TrainSettings(Map<TrainOption, String> given) {
  /** What may be different when a run goes on. */
  private static final Set<TrainOption> CHANGEABLE =
      Set.of(
          TrainOption.EPOCHS,
          TrainOption.STEPS,
          TrainOption.CHECKPOINT_EVERY,
          TrainOption.LOG_EVERY,
          TrainOption.SAMPLE);

  public TrainSettings {
    Map<TrainOption, String> all = new EnumMap<>(TrainOption.class);
    all.putAll(given);
    all.forEach((option, value) -> {
      if (!option.kind().takes(value)) {
        throw new BadInput(
            "%s must be %s, got '%s'".formatted(option.option(), option.kind().wanted(), value));
      }
    });
    given = Collections.unmodifiableMap(all);
  }

  /** No option given. */
  public static TrainSettings none() {
    return new TrainSettings(Map.of());
  }

  /**
   * These with options by their names, as {@code batch} or {@code --batch}.
   *
   * @throws BadInput if one is unknown or its value is not what it takes
   */
  public static TrainSettings of(Map<String, String> options) {
    Map<TrainOption, String> given = new EnumMap<>(TrainOption.class);
    options.forEach((name, value) ->
        given.put(
            TrainOption.named(name)
                .orElseThrow(() -> new BadInput("train has no option '%s'".formatted(name))),
            value));
    return new TrainSettings(given);
  }

  /** These with one option more, or changed. */
  public TrainSettings with(TrainOption option, String value) {
    Map<TrainOption, String> all = new EnumMap<>(TrainOption.class);
    all.putAll(given);
    all.put(option, value);
    return new TrainSettings(all);
  }

  /** These with paths that do not depend on the folder one happens to be in. */
  public TrainSettings absolute() {
    Map<TrainOption, String> all = new EnumMap<>(TrainOption.class);
    given.forEach((option, value) ->
        all.put(
            option,
            option.kind() == TrainOption.Kind.FILE
                ? Path.of(value).toAbsolutePath().normalize().toString()
                : value));
    return new TrainSettings(all);
  }

  /**
   * These, going on: with more epochs or steps if the newer ones say so.
   *
   * @throws BadInput if another option differs
   */
  TrainSettings goingOn(TrainSettings newer, Path folder) {
    TrainSettings result = this;
    for (Map.Entry<TrainOption, String> entry : newer.absolute().given.entrySet()) {
      TrainOption option = entry.getKey();
      if (option == TrainOption.RUN) {
        throw new BadInput("--run begins a run and --resume goes on with one; give one of them");
      }
      String before = find(option).orElse("not given");
      if (!CHANGEABLE.contains(option) && !before.equals(entry.getValue())) {
        throw new BadInput(
            "the run in %s has its own settings: %s was %s, here it is %s; leave it out, or begin a new run with --run"
                .formatted(folder, option.option(), before, entry.getValue()));
      }
      result = result.with(option, entry.getValue());
    }
    return result;
  }

  /** The value given, or the default; empty if there is neither. */
  public Optional<String> find(TrainOption option) {
    String value = given.get(option);
    return value == null ? option.standard() : Optional.of(value);
  }

  /** Whether an option was given. */
  public boolean has(TrainOption option) {
    return given.containsKey(option);
  }

  /** Whether a flag is set. */
  public boolean flag(TrainOption option) {
    return find(option).orElse("false").equals("true");
  }

  /** The value of an option that has a default. */
  public String text(TrainOption option) {
    return find(option).orElseThrow();
  }

  /** The value as a whole number; empty if there is none. */
  public OptionalInt count(TrainOption option) {
    Optional<String> value = find(option);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.get()));
  }

  /** The value as a number; empty if there is none. */
  public OptionalDouble number(TrainOption option) {
    Optional<String> value = find(option);
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(value.get()));
  }

  /** The value as a path; empty if there is none. */
  public Optional<Path> path(TrainOption option) {
    return find(option).map(Path::of);
  }

  public long seed() {
    return Long.parseLong(text(TrainOption.SEED));
  }

  /** By name, without dashes, in the order of the options. */
  public Map<String, String> byName() {
    Map<String, String> names = new LinkedHashMap<>();
    given.forEach((option, value) -> names.put(option.id(), value));
    return names;
  }
}
