package thalweg.lab.bench;

import java.util.List;

/**
 * What a bench measured.
 *
 * @param optimizer the rule's text form
 * @param backend what ran it, and why that one
 * @param bytesPerParameter bytes read and written for one parameter at one step in float32
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
   * @param bytesPerParameter bytes read and written for one parameter at one step
   * @param milliseconds median time of a step over the rounds
   * @param gigabytesPerSecond that traffic over that time, in 10⁹ bytes
   * @param ratio the time of its step over that of this library's in float32, median over the
   *     rounds
   * @param lowestRatio of all rounds
   * @param highestRatio of all rounds
   */
  public record Row(
      BenchSize size,
      String contestant,
      double bytesPerParameter,
      double milliseconds,
      double gigabytesPerSecond,
      double ratio,
      double lowestRatio,
      double highestRatio) {
    /** Time of one parameter's share of a step. */
    public double nanosecondsPerParameter() {
      return milliseconds * 1e6 / size.elements();
    }
  }
}
