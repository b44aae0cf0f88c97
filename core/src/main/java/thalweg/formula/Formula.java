package thalweg.formula;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An update written down: the one definition that backends, printers, the state account and the
 * documentation read.
 *
 * @param hypers the named arguments, in order of first use
 * @param states what is remembered for the elements, in order of first use
 * @param numbers what is remembered as one number, in order of first use
 * @param lines the assignments in order
 * @param next the parameter after the update
 * @param notices what a user should hear of
 * @param lazy the links whose states rest, by definition, in rows that a sparse gradient does not
 *     name
 * @param solutions the lines that are told by the equation they solve
 */
public record Formula(
    List<Scalar.Hyper> hypers,
    List<State> states,
    List<ScalarState> numbers,
    List<Assignment> lines,
    Tensor next,
    List<Notice> notices,
    Set<String> lazy,
    List<Solution> solutions) {
  public Formula {
    hypers = List.copyOf(hypers);
    states = List.copyOf(states);
    numbers = List.copyOf(numbers);
    lines = List.copyOf(lines);
    notices = List.copyOf(notices);
    lazy = Set.copyOf(lazy);
    solutions = List.copyOf(solutions);
    verify(states, numbers, lines);
  }

  /** Writes a rule or chain down, checking that it makes sense. */
  public static Formula of(Transformation rule) {
    Step step = new Step();
    Tensor gradient = new Tensor.Gradient();
    step.enter(rule, gradient);
    return step.formula();
  }

  /** Whether a state changes even while what follows a pause rests. */
  public boolean isAwake(Remembered state) {
    return line(state).open() == null;
  }

  /** The value of a state after the update. */
  public Tensor next(State state) {
    Assignment line = line(state);
    Tensor value = (Tensor) line.value();
    return line.open() == null ? value : line.open().choose(value, state.old());
  }

  /** The value of a remembered number after the update. */
  public Scalar next(ScalarState number) {
    Assignment line = line(number);
    Scalar value = (Scalar) line.value();
    return line.open() == null ? value : line.open().choose(value, number.old());
  }

  /**
   * The condition without which nothing is moved, and only what comes before it is remembered; null
   * if there is none.
   */
  public @Nullable Scalar pause() {
    Scalar first = null;
    for (Assignment line : lines) {
      boolean writes =
          line.target() == Assignment.Target.STATE || line.target() == Assignment.Target.PARAMETER;
      if (first == null && writes && line.open() != null) {
        first = line.open();
      }
      if (line.target() == Assignment.Target.PARAMETER && line.open() == null) {
        return null;
      }
    }
    return first;
  }

  /** Whether a state rests in rows that a sparse gradient does not name, whatever its lines say. */
  public boolean isLazy(State state) {
    return lazy.contains(state.key().substring(0, state.key().indexOf('/')));
  }

  /** The gradients to compute before the update, in order; that of the term itself comes last. */
  public List<Assignment> evaluations() {
    return lines.stream().filter(line -> line.target().isEvaluation()).toList();
  }

  /** Whether it is about single terms of a finite sum, not only about a gradient. */
  public boolean needsTerms() {
    return states.stream().anyMatch(state -> state.terms() > 0)
        || evaluations().stream().anyMatch(line -> line.target() != Assignment.Target.LOOK_AHEAD);
  }

  /**
   * Of the same hyperparameters and memory, one that only sets the parameter.
   *
   * @param when what it gives notice of, if anything
   */
  public Formula moving(Tensor point, @Nullable Scalar when) {
    List<Assignment> resting = new ArrayList<>();
    for (State state : states) {
      resting.add(rest(state, state.old()));
    }
    for (ScalarState number : numbers) {
      resting.add(rest(number, number.old()));
    }
    List<Notice> notice = when == null ? List.of() : List.of(new Notice(when, "", List.of()));
    return new Formula(hypers, states, numbers, resting, point, notice, Set.of(), List.of());
  }

  private static Assignment rest(Remembered state, Expr old) {
    return new Assignment(state.symbol(), old, Assignment.Target.STATE, state, null);
  }

  private Assignment line(Remembered remembered) {
    for (Assignment line : lines) {
      if (line.state() == remembered) {
        return line;
      }
    }
    throw new IllegalStateException("state " + remembered.key() + " has no next value");
  }

  private static void verify(
      List<State> states, List<ScalarState> numbers, List<Assignment> lines) {
    List<Remembered> all = new ArrayList<>(states);
    all.addAll(numbers);
    Set<String> keys = new HashSet<>();
    for (Remembered state : all) {
      if (!keys.add(state.key())) {
        throw new FormulaException(
            "state '%s' is declared twice; give each its own name".formatted(state.key()));
      }
      long updates = lines.stream().filter(line -> line.state() == state).count();
      if (updates != 1) {
        throw new FormulaException(
            "state '%s' is given a next value %d times; call becomes(...) exactly once"
                .formatted(state.key(), updates));
      }
    }
  }
}
