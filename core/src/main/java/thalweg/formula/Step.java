package thalweg.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One update of one parameter, as a formula sees it while it is being written down: t, the
 * hyperparameters, the states, the lines so far.
 */
public final class Step {
  private final List<Scalar.Hyper> hypers = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final List<ScalarState> numbers = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<Assignment> lines = new ArrayList<>();
  private final List<Solution> solutions = new ArrayList<>();
  private final Map<String, Integer> scopes = new HashMap<>();
  private final Tensor start = new Tensor.Parameter();
  private Scalar time = new Scalar.Time();
  private Tensor parameter = start;
  private @Nullable Scalar open;
  private @Nullable Scalar decay;
  private @Nullable Scalar rate;
  private @Nullable String descendedBy;
  private boolean frozen;
  private final Set<String> lazy = new HashSet<>();
  private @Nullable String scope;
  private String link = ""; // whose turn it is, as a user wrote it
  private Tensor incoming = new Tensor.Spent();

  /** A condition for all that follows, and the parameter as it was when it was set. */
  private record Pause(Scalar condition, Tensor parameter) {}

  Step() {}

  /**
   * The number of this update of this parameter: 1 at the first, whatever other parameters did.
   * Behind {@link #onlyWhen} it counts the updates that were carried out.
   */
  public Scalar t() {
    return time;
  }

  /** The parameter as it stands at this point of the chain. */
  public Tensor parameter() {
    return parameter;
  }

  /** The parameter before this update. */
  public Tensor start() {
    return start;
  }

  /** The number of axes of the parameter. */
  public Scalar rank() {
    return new Scalar.Rank();
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
    return state(name, symbol, initial, Extent.ELEMENT);
  }

  /** Something remembered for every row, column, … */
  public State state(String name, String symbol, double initial, Extent extent) {
    State state = new State(this, scope() + "/" + name, symbol, initial, extent, 0);
    states.add(state);
    return state;
  }

  /**
   * Something remembered for every element and for each term of a finite sum, from zero: an update
   * sees and changes only that of the term whose gradient it was given.
   *
   * @param terms how many terms the sum has
   */
  public State table(String name, String symbol, int terms) {
    needsPlainGradients();
    State state = new State(this, scope() + "/" + name, symbol, 0, Extent.ELEMENT, terms);
    states.add(state);
    return state;
  }

  /** One number remembered for each tensor, in double. */
  public ScalarState number(String name, String symbol, double initial) {
    return number(name, symbol, initial, Scope.TENSOR);
  }

  /**
   * One number remembered for the group, in double. Its next value must be the same for every
   * tensor: made of hyperparameters, reductions over the model and other numbers of the group.
   */
  public ScalarState groupNumber(String name, String symbol, double initial) {
    return number(name, symbol, initial, Scope.MODEL);
  }

  private ScalarState number(String name, String symbol, double initial, Scope of) {
    ScalarState number = new ScalarState(this, scope() + "/" + name, symbol, initial, of);
    numbers.add(number);
    return number;
  }

  /**
   * Has the gradient taken at another point than the parameter: made of the parameter and of what
   * is remembered. The update is then one of {@code Optimizer.step(closure)}.
   */
  public void lookAhead(Tensor point) {
    if (lines.stream().anyMatch(line -> line.target() == Assignment.Target.LOOK_AHEAD)) {
      throw new FormulaException(
          "%s looks ahead, and so does a link before it; the gradient is taken at one point"
              .formatted(link));
    }
    // first, for everything else is about that gradient
    lines.addFirst(new Assignment("g", point, Assignment.Target.LOOK_AHEAD, null, null));
  }

  /**
   * A second gradient of the same term, at another point: made of the parameter and of what is
   * remembered. The update is then one of {@code Optimizer.step(sum, term)}.
   */
  public Tensor gradientAt(String symbol, Tensor point) {
    needsPlainGradients();
    return new Tensor.Also(line(symbol, point, Assignment.Target.GRADIENT, null));
  }

  /**
   * The mean gradient of all terms of the sum at the parameter, taken at updates where {@code when}
   * is not 0; at the others, the one taken last.
   */
  public Tensor fullGradient(String symbol, Scalar when) {
    needsPlainGradients();
    Assignment line = new Assignment(symbol, start, Assignment.Target.FULL_GRADIENT, null, when);
    lines.add(line);
    return new Tensor.Also(line);
  }

  /**
   * Standard normal noise: a function of the seed, the parameter's name, the number of the update
   * and the element, whatever the backend and the threads.
   */
  public Tensor noise(long seed) {
    return new Tensor.Noise(seed, scope());
  }

  private void needsPlainGradients() {
    if (!(incoming instanceof Tensor.Gradient)) {
      throw new FormulaException(
          ("%s compares gradients of single terms, so nothing that alters one of them may"
                  + " stand before it; remove what does")
              .formatted(link));
    }
  }

  /** Tells the user something at the update where {@code when} is not 0; see {@link Notice}. */
  public void notice(Scalar when, String text, Scalar... values) {
    Scalar told = open == null ? when : open.choose(when, Scalar.ZERO);
    notices.add(new Notice(told, text, List.of(values)));
  }

  /**
   * Carries out all that follows only at updates where {@code condition} is not 0. At the others
   * the states that follow and the parameter stay as they are, and {@link #t} does not count.
   */
  public void onlyWhen(Scalar condition) {
    beforeDescent();
    pauses.add(new Pause(condition, parameter));
    open = open == null ? condition : open.times(condition);
    ScalarState updates = number(unused("updates"), "t", 0);
    time = updates.becomes(updates.old().plus(Scalar.ONE));
  }

  /** A name for a number of which a link may have several. */
  private String unused(String name) {
    long taken =
        numbers.stream().filter(known -> known.key().startsWith(scope() + "/" + name)).count();
    return taken == 0 ? name : name + (taken + 1);
  }

  /**
   * Says that the states of this link rest in rows that a sparse gradient does not name, although
   * the lines would change them with a gradient of zero: the lazy variant of a rule. It speaks for
   * this link alone; one in front or behind that changes such rows is refused as ever.
   */
  public void restWithoutGradient() {
    lazy.add(scope());
  }

  private void beforeDescent() {
    if (descendedBy != null) {
      throw new FormulaException(
          "%s stands after %s, which has already moved the parameter; put it before"
              .formatted(link, descendedBy));
    }
  }

  /** Leaves the parameter and all states that follow as they are, always. */
  public void freeze() {
    beforeDescent();
    pauses.add(new Pause(Scalar.ZERO, parameter));
    open = Scalar.ZERO;
    frozen = true;
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
    return new Tensor.Ref(line(symbol, value, Assignment.Target.LOCAL, null));
  }

  /** Gives an intermediate scalar a name of its own in the printed formula. */
  public Scalar let(String symbol, Scalar value) {
    return new Scalar.Ref(line(symbol, value, Assignment.Target.LOCAL, null));
  }

  /**
   * Gives a scalar a name and has it printed as the one that solves {@code left = right}, in place
   * of the lines that find it. These run like any others, but only {@code how} may read them.
   *
   * @param left of the equation, with the scalar in it
   * @param how finds the scalar, by lines of {@link #let} alone
   */
  public Scalar solving(
      String symbol, UnaryOperator<Scalar> left, Scalar right, Supplier<Scalar> how) {
    int first = lines.size();
    Scalar found = how.get();
    List<Assignment> steps = List.copyOf(lines.subList(first, lines.size()));
    for (Assignment step : steps) {
      if (step.target() != Assignment.Target.LOCAL) {
        throw new FormulaException(
            "%s writes %s while it solves for %s, where no one could read of it; write it before"
                .formatted(scope(), step.symbol(), symbol));
      }
    }
    Assignment line = line(symbol, found, Assignment.Target.LOCAL, null);
    Scalar solution = new Scalar.Ref(line);
    solutions.add(new Solution(line, left.apply(solution), right, steps));
    return solution;
  }

  /** Asks the descent that follows to shrink the parameter by {@code 1 − lr · rate} first. */
  public void decayBeforeDescent(Scalar rate) {
    beforeDescent();
    decay = decay == null ? rate : decay.plus(rate);
  }

  /**
   * Moves the parameter: {@code θ ← θ − lr · direction}, shrunk first where decay was asked for.
   */
  public Tensor descend(Tensor direction, Scalar lr) {
    return moveBy(direction.times(lr), lr);
  }

  /**
   * Moves the parameter by a velocity that already holds the rate: {@code θ ← θ − velocity}.
   *
   * @param lr the rate in the velocity, for a decay in front and for {@link #rate} behind
   */
  public Tensor descendBy(Tensor velocity, Scalar lr) {
    return moveBy(velocity, lr);
  }

  /** The learning rate of the descent in front, for proximal steps; 0 where all is frozen. */
  public Scalar rate() {
    afterDescent();
    return rate == null ? Scalar.ZERO : rate;
  }

  /** The parameter where the descent in front has left it, for projections and proximal steps. */
  public Tensor moved() {
    afterDescent();
    return parameter;
  }

  private Tensor moveBy(Tensor distance, Scalar lr) {
    if (descendedBy != null) {
      throw new FormulaException(
          "%s descends after %s has; a chain moves the parameter once: remove one of them"
              .formatted(link, descendedBy));
    }
    descendedBy = link;
    rate = lr;
    Scalar shrink = decay;
    decay = null;
    Tensor start = shrink == null ? parameter : parameter.times(Scalar.ONE.minus(lr.times(shrink)));
    move(start.minus(distance));
    return new Tensor.Spent();
  }

  /** Makes sure that the parameter has been moved, for what stands behind an optimizer. */
  public void afterDescent() {
    if (descendedBy == null && !frozen) {
      throw new FormulaException(
          "%s stands before the descent; put it after the optimizer".formatted(link));
    }
  }

  /** Sets the parameter, for projections and the like that follow the descent. */
  public void move(Tensor next) {
    parameter = new Tensor.Ref(line("θ", next, Assignment.Target.PARAMETER, null));
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
    this.link = link.name();
    incoming = direction;
    try {
      Tensor result = link.apply(direction, this);
      if (direction instanceof Tensor.Spent && result != direction) {
        throw new FormulaException(
            "%s stands after %s, which has already used the direction; put it before"
                .formatted(link.name(), descendedBy));
      }
      return result;
    } finally {
      scope = null;
    }
  }

  Tensor assign(String symbol, Tensor value, State state) {
    return new Tensor.Ref(line(symbol, value, Assignment.Target.STATE, state));
  }

  Scalar assign(String symbol, Scalar value, ScalarState state) {
    return new Scalar.Ref(line(symbol, value, Assignment.Target.STATE, state));
  }

  private Assignment line(
      String symbol, Expr value, Assignment.Target target, @Nullable Remembered state) {
    boolean written = target == Assignment.Target.STATE || target == Assignment.Target.PARAMETER;
    Scalar condition = written ? open : null;
    Assignment line = new Assignment(symbol, value, target, state, condition);
    lines.add(line);
    return line;
  }

  Formula formula() {
    if (descendedBy == null && !frozen) {
      throw new FormulaException(
          "nothing moves the parameter; end the chain with descend(lr) or a named optimizer such as"
              + " adam");
    }
    Tensor next = parameter;
    for (Pause pause : pauses.reversed()) {
      next = next == pause.parameter ? next : pause.condition.choose(next, pause.parameter);
    }
    return new Formula(hypers, states, numbers, lines, next, notices, lazy, solutions);
  }

  private String scope() {
    if (scope == null) {
      throw new IllegalStateException("a step is only open while a transformation is applied");
    }
    return scope;
  }
}
