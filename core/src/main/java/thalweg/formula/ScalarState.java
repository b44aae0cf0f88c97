package thalweg.formula;

/**
 * One number that a rule remembers between updates, in double: a product of momenta, a running mean
 * of a norm, a counter. Each tensor has its own, or the group has one.
 */
public final class ScalarState implements Remembered {
  private final Step step;
  private final String key;
  private final String symbol;
  private final double initial;
  private final Scope scope;
  private final Scalar old = new Scalar.Old(this);

  ScalarState(Step step, String key, String symbol, double initial, Scope scope) {
    this.step = step;
    this.key = key;
    this.symbol = symbol;
    this.initial = initial;
    this.scope = scope;
  }

  /** The value before this update; the initial one at the first. */
  public Scalar old() {
    return old;
  }

  /** Sets the value after this update, once, and returns it. */
  public Scalar becomes(Scalar next) {
    return step.assign(symbol, next, this);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public double initial() {
    return initial;
  }

  /** Whether each tensor has its own number, or the group has one. */
  public Scope scope() {
    return scope;
  }
}
