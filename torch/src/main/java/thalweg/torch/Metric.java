package thalweg.torch;

import java.util.List;

/** A number that says how good answers are. A class of your own will do as well. */
public interface Metric {
  /** In {@code snake_case}, as logs have it. */
  String name();

  boolean largerIsBetter();

  /**
   * A fresh count.
   *
   * @throws IllegalArgumentException if these targets have no such metric
   */
  Tally tally(Targets targets);

  /** Counts answers, batch by batch. */
  interface Tally {
    void add(Answers answers);

    /** Of all that was counted. */
    double value();
  }

  /** Share of right decisions, in [0, 1]. */
  static Metric accuracy() {
    return new Metrics.Accuracy();
  }

  /**
   * Mean over the classes of F1 = 2 TP / (2 TP + FP + FN), in [0, 1]: every class counts alike,
   * however rare. Classes that were neither there nor decided for do not count.
   */
  static Metric macroF1() {
    return new Metrics.MacroF1();
  }

  /**
   * R² = 1 − squared error over variance: 1 is perfect, 0 as good as the mean, NaN when all values
   * are equal.
   */
  static Metric r2() {
    return new Metrics.R2();
  }

  /**
   * exp of the mean cross entropy of the answers: how many equally likely classes a model chooses
   * among, from 1 on. Label smoothing and class weights of the loss do not count.
   */
  static Metric perplexity() {
    return new Metrics.Perplexity();
  }

  /** What fits the targets, the most telling first. */
  static List<Metric> of(Targets targets) {
    return switch (targets) {
      case Targets.Classes _ -> List.of(accuracy(), macroF1());
      case Targets.Tokens _ -> List.of(perplexity(), accuracy());
      case Targets.Values _ -> List.of(r2());
    };
  }

  /** Reads a name: {@code accuracy}, {@code macro_f1}, {@code r2} or {@code perplexity}. */
  static Metric parse(String name) {
    return switch (name.strip()) {
      case "accuracy" -> accuracy();
      case "macro_f1" -> macroF1();
      case "r2" -> r2();
      case "perplexity" -> perplexity();
      default ->
          throw new IllegalArgumentException(
              "metric must be accuracy, macro_f1, r2 or perplexity, got '%s'".formatted(name));
    };
  }
}
