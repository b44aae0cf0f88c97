package thalweg.formula;

/** What a rule keeps between updates: a number for every element, or one number. */
public sealed interface Remembered permits State, ScalarState {
  /** {@code rule/name}, such as {@code adam/exp_avg}: where it stands in a checkpoint. */
  String key();

  /** The letter it has in the paper. */
  String symbol();

  /** The value before the first update. */
  double initial();
}
