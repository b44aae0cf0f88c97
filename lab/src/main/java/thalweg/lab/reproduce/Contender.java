package thalweg.lab.reproduce;

import java.util.List;

/**
 * One side of a comparison: what it is, how its settings were chosen, and its runs.
 *
 * @param label as in charts
 * @param trial the one chosen
 * @param tried what there was to choose from; empty for no choice
 * @param runs one a reported seed
 */
record Contender(String label, Trial trial, List<Tried> tried, List<Trace> runs) {
  /**
   * One of the settings tried.
   *
   * @param validationLoss at the end, mean over the tuning seeds
   */
  record Tried(String optimizer, double validationLoss) {}

  Contender {
    tried = List.copyOf(tried);
    runs = List.copyOf(runs);
  }
}
