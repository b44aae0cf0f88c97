package thalweg.lab.reproduce;

import java.util.List;
import thalweg.lab.compare.Environment;

/**
 * What claims of the literature came to on this machine.
 *
 * @param format {@link #FORMAT}
 * @param tuningSeeds seeds of the runs that chose settings
 * @param seeds seeds of the runs that were measured, others than these
 * @param quick whether runs were shorter and choices fewer
 */
public record Reproduction(
    String format,
    List<Long> tuningSeeds,
    List<Long> seeds,
    boolean quick,
    Environment environment,
    List<Result> experiments) {
  /** Name and version of the JSON form, described in docs/json.md. */
  public static final String FORMAT = "reproduce/1";

  public Reproduction {
    tuningSeeds = List.copyOf(tuningSeeds);
    seeds = List.copyOf(seeds);
    experiments = List.copyOf(experiments);
  }

  /** How many claims came to a verdict. */
  public long count(Verdict verdict) {
    return experiments.stream()
        .flatMap(result -> result.findings().stream())
        .filter(finding -> finding.verdict() == verdict)
        .count();
  }
}
