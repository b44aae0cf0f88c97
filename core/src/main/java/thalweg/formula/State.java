package thalweg.formula;

/**
 * What a rule remembers for every element between updates. Both the remembered value and the next
 * one can be used: {@link #old()} and what {@link #becomes} returns.
 */
public final class State {
  private final Step step;
  private final String key;
  private final String symbol;
  private final double initial;

  State(Step step, String key, String symbol, double initial) {
    this.step = step;
    this.key = key;
    this.symbol = symbol;
    this.initial = initial;
  }

  /** The value before this update; the initial one at the first. */
  public Tensor old() {
    return new Tensor.Old(this);
  }

  /** Sets the value after this update, once, and returns it. */
  public Tensor becomes(Tensor next) {
    return step.assign(symbol, next, Assignment.Target.STATE, this);
  }

  /** {@code rule/name}, such as {@code adam/exp_avg}: where it stands in a checkpoint. */
  public String key() {
    return key;
  }

  /** The letter it has in the paper. */
  public String symbol() {
    return symbol;
  }

  /** The value before the first update. */
  public double initial() {
    return initial;
  }
}
