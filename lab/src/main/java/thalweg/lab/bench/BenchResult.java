package thalweg.lab.bench;

import java.util.List;

/**
 * What a bench measured.
 *
 * @param optimizer the rule's text form
 * @param backend what ran it, and why that one
 * @param bytesPerParameter bytes read and written for one parameter at one step
 */
public record BenchResult(
    String optimizer,
    String backend,
    String backendReason,
    int threads,
    int bytesPerParameter,
    List<Row> rows) {
  public BenchResult {
    rows = List.copyOf(rows);
  }

  /**
   * One contestant at one size.
   *
   * @param milliseconds median time of a step over the rounds
   * @param gigabytesPerSecond the rule's traffic over that time, in 10⁹ bytes
   * @param ratio how many times longer its step takes than this library's, median over the rounds
   * @param lowestRatio of all rounds
   * @param highestRatio of all rounds
   */
  public record Row(
      BenchSize size,
      String contestant,
      double milliseconds,
      double gigabytesPerSecond,
      double ratio,
      double lowestRatio,
      double highestRatio) {}
}
