package thalweg.lab.compare;

import java.util.List;

/**
 * What a comparison begins with.
 *
 * @param model the network in text form, also where none was asked for
 * @param optimizers ids of the competitors, in order
 * @param metric what the scores are, as {@code accuracy}
 */
public record ComparisonStart(
    ComparisonRun run, String model, List<String> optimizers, String metric) {
  public ComparisonStart {
    optimizers = List.copyOf(optimizers);
  }
}
