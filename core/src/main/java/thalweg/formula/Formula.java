package thalweg.formula;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An update written down: the one definition that backends, printers, the state account and the
 * documentation read.
 *
 * @param hypers the named arguments, in order of first use
 * @param states what is remembered, in order of first use
 * @param lines the assignments in order
 * @param next the parameter after the update
 */
public record Formula(
    List<Scalar.Hyper> hypers, List<State> states, List<Assignment> lines, Tensor next) {
  public Formula {
    hypers = List.copyOf(hypers);
    states = List.copyOf(states);
    lines = List.copyOf(lines);
    verify(states, lines);
  }

  /** Writes a rule or chain down, checking that it makes sense. */
  public static Formula of(Transformation rule) {
    Step step = new Step();
    Tensor gradient = new Tensor.Gradient();
    step.enter(rule, gradient);
    return step.formula();
  }

  /** The line that gives a state its next value. */
  public Tensor next(State state) {
    for (Assignment line : lines) {
      if (line.state() == state) {
        return (Tensor) line.value();
      }
    }
    throw new IllegalStateException("state " + state.key() + " has no next value");
  }

  private static void verify(List<State> states, List<Assignment> lines) {
    Set<String> keys = new HashSet<>();
    for (State state : states) {
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
