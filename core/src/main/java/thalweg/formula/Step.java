package thalweg.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One update of one parameter, as a formula sees it while it is being written down: t, the
 * hyperparameters, the states, the lines so far.
 */
public final class Step {
  private final List<Scalar.Hyper> hypers = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final List<Assignment> lines = new ArrayList<>();
  private final Map<String, Integer> scopes = new HashMap<>();
  private final Scalar time = new Scalar.Time();
  private Tensor parameter = new Tensor.Parameter();
  private @Nullable Scalar decay;
  private @Nullable String descendedBy;
  private @Nullable String scope;

  Step() {}

  /** The number of this update of this parameter: 1 at the first, whatever other parameters did. */
  public Scalar t() {
    return time;
  }

  /** The parameter as it stands at this point of the chain. */
  public Tensor parameter() {
    return parameter;
  }

  /** A named argument of the update, which a user or a schedule may change at any time. */
  public Scalar hyper(String name, double value) {
    for (Scalar.Hyper known : hypers) {
      if (known.scope().equals(scope()) && known.name().equals(name)) {
        return known;
      }
    }
    Scalar.Hyper hyper = new Scalar.Hyper(scope(), name, value);
    hypers.add(hyper);
    return hyper;
  }

  /**
   * Something remembered for every element.
   *
   * @param name PyTorch's name where PyTorch has it, such as {@code exp_avg}
   * @param symbol the paper's letter
   */
  public State state(String name, String symbol, double initial) {
    State state = new State(this, scope() + "/" + name, symbol, initial);
    states.add(state);
    return state;
  }

  /** A running mean: {@code s ← β s + (1 − β) x}, from zero. Returns the next value. */
  public Tensor ema(String name, String symbol, Tensor x, Scalar beta) {
    State mean = state(name, symbol, 0);
    return mean.becomes(mean.old().blend(x, beta));
  }

  /**
   * Takes the start at zero out of a running mean: {@code s / (1 − βᵗ)}. As a product with the
   * reciprocal, which is one number an update.
   */
  public Tensor unbias(Tensor mean, Scalar beta) {
    return mean.over(Scalar.ONE.minus(beta.pow(t())));
  }

  /** Gives an intermediate result a name of its own in the printed formula. */
  public Tensor let(String symbol, Tensor value) {
    return assign(symbol, value, Assignment.Target.LOCAL, null);
  }

  /** Gives an intermediate scalar a name of its own in the printed formula. */
  public Scalar let(String symbol, Scalar value) {
    Assignment line = new Assignment(symbol, value, Assignment.Target.LOCAL, null);
    lines.add(line);
    return new Scalar.Ref(line);
  }

  /** Asks the descent that follows to shrink the parameter by {@code 1 − lr · rate} first. */
  public void decayBeforeDescent(Scalar rate) {
    if (descendedBy != null) {
      throw new FormulaException(
          "%s stands after %s, which has already moved the parameter; put it before"
              .formatted(scope(), descendedBy));
    }
    decay = decay == null ? rate : decay.plus(rate);
  }

  /**
   * Moves the parameter: {@code θ ← θ − lr · direction}, shrunk first where decay was asked for.
   */
  public Tensor descend(Tensor direction, Scalar lr) {
    return moveBy(direction.times(lr), lr);
  }

  /** Moves the parameter by a velocity that already holds the rate: {@code θ ← θ − velocity}. */
  public Tensor descendBy(Tensor velocity) {
    return moveBy(velocity, Scalar.ONE);
  }

  private Tensor moveBy(Tensor distance, Scalar lr) {
    if (descendedBy != null) {
      throw new FormulaException(
          "%s descends after %s has; a chain moves the parameter once: remove one of them"
              .formatted(scope(), descendedBy));
    }
    descendedBy = scope();
    Scalar rate = decay;
    decay = null;
    Tensor start = rate == null ? parameter : parameter.times(Scalar.ONE.minus(lr.times(rate)));
    move(start.minus(distance));
    return new Tensor.Spent();
  }

  /** Sets the parameter, for projections and the like that follow the descent. */
  public void move(Tensor next) {
    parameter = assign("θ", next, Assignment.Target.PARAMETER, null);
  }

  /**
   * Applies one link of a chain. Outside a rule, names of states and hyperparameters get its name.
   */
  public Tensor enter(Transformation link, Tensor direction) {
    if (scope != null || link instanceof Chain) {
      return link.apply(direction, this);
    }
    int count = scopes.merge(link.name(), 1, Integer::sum);
    scope = count == 1 ? link.name() : link.name() + count;
    try {
      Tensor result = link.apply(direction, this);
      if (direction instanceof Tensor.Spent && result != direction) {
        throw new FormulaException(
            "%s stands after %s, which has already used the direction; put it before"
                .formatted(scope, descendedBy));
      }
      return result;
    } finally {
      scope = null;
    }
  }

  Tensor assign(String symbol, Tensor value, Assignment.Target target, @Nullable State state) {
    Assignment line = new Assignment(symbol, value, target, state);
    lines.add(line);
    return new Tensor.Ref(line);
  }

  Formula formula() {
    if (descendedBy == null) {
      throw new FormulaException(
          "nothing moves the parameter; end the chain with descend(lr) or a named optimizer such as"
              + " adam");
    }
    return new Formula(hypers, states, lines, parameter);
  }

  private String scope() {
    if (scope == null) {
      throw new IllegalStateException("a step is only open while a transformation is applied");
    }
    return scope;
  }
}
