package thalweg.lab.compare;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The whole result of training one network with several optimizers under equal conditions.
 *
 * @param format {@link #FORMAT}
 * @param optimizers in the order they were asked for; ids differ
 */
public record Comparison(
    String format,
    DataFacts data,
    Settings settings,
    Environment environment,
    List<OptimizerResult> optimizers) {
  /** Name and version of the JSON form, described in docs/json.md. */
  public static final String FORMAT = "comparison/1";

  public Comparison {
    optimizers = List.copyOf(optimizers);
    Set<String> ids = new HashSet<>();
    for (OptimizerResult optimizer : optimizers) {
      if (!ids.add(optimizer.id())) {
        throw new IllegalArgumentException(
            "two optimizers have the id '%s'".formatted(optimizer.id()));
      }
    }
  }

  /** A result in the present format. */
  public Comparison(
      DataFacts data,
      Settings settings,
      Environment environment,
      List<OptimizerResult> optimizers) {
    this(FORMAT, data, settings, environment, optimizers);
  }

  /** Best score first; those that always diverged last; equals in the order asked for. */
  public List<OptimizerResult> ranked() {
    return optimizers.stream()
        .sorted(
            Comparator.comparingDouble(
                o -> Double.isNaN(o.score().mean()) ? Double.MAX_VALUE : -o.score().mean()))
        .toList();
  }

  /** {@code accuracy} or {@code R²}. */
  public String scoreName() {
    return data.regression() ? "R²" : "accuracy";
  }
}
