package thalweg.lab.reproduce;

import thalweg.lab.compare.Figures;

/** Findings in words and figures, the same in the terminal and on the page. */
final class Wording {
  private static final int DIGITS = 3;

  private Wording() {}

  /** As {@code Adam / SGDM}. */
  static String compared(Claim claim) {
    return claim.first() + (claim.by() == Claim.By.RATIO ? " / " : " − ") + claim.second();
  }

  /** Mean and interval, as {@code 0.61 [0.5, 0.74]}. */
  static String measured(Interval interval) {
    return "%s [%s, %s]"
        .formatted(figure(interval.mean()), figure(interval.low()), figure(interval.high()));
  }

  /** As {@code < 1}. */
  static String claimed(Claim claim) {
    return (claim.side() == Claim.Side.ABOVE ? "> " : "< ") + figure(claim.bound());
  }

  /** Mean of the first side's values and of the second's, as {@code 120 against 198}. */
  static String sides(Finding finding) {
    return "%s against %s".formatted(mean(finding.first()), mean(finding.second()));
  }

  private static String mean(Iterable<Double> values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      sum += value;
      count++;
    }
    return figure(sum / count);
  }

  private static String figure(double value) {
    return Double.isInfinite(value)
        ? value < 0 ? "−∞" : "∞"
        : Figures.significant(value, DIGITS).replace('-', '−').replace("e−", "e-");
  }

  /** The rule, in a sentence for the reader of a report. */
  static String rule(Reproduction reproduction) {
    return "Every measure is taken on the same %d seeds on both sides, seeds that had no part in choosing learning rates. A claim holds if the 95 %% interval (Student's t) of the mean paired difference, or of the mean logarithm of the paired ratio, lies wholly on the claimed side of the bound; it does not hold here if it lies wholly on the other side; else it is undecided. Of twenty such intervals about one misses by chance."
        .formatted(reproduction.seeds().size());
  }

  /** How many claims came to what, as {@code 12 hold, 3 do not hold here, 5 undecided}. */
  static String tally(Reproduction reproduction) {
    long holds = reproduction.count(Verdict.HOLDS);
    long not = reproduction.count(Verdict.DOES_NOT_HOLD);
    return "%d %s, %d %s not hold here, %d %s undecided"
        .formatted(
            holds,
            holds == 1 ? "holds" : "hold",
            not,
            not == 1 ? "does" : "do",
            reproduction.count(Verdict.UNDECIDED),
            reproduction.count(Verdict.UNDECIDED) == 1 ? "is" : "are");
  }
}
