package thalweg.print;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Assignment;
import thalweg.formula.Expr;
import thalweg.formula.Formula;
import thalweg.formula.Remembered;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Solution;
import thalweg.formula.State;
import thalweg.formula.Tensor;

/**
 * What the things of one formula are called, so that no name ever means two of them at once.
 *
 * <p>Hyperparameters and states live as long as the formula: where two have one symbol, the later
 * is primed. A line may take a symbol over ({@code g ← g + λ θ}); if what the symbol meant before
 * is still read further down, the line is primed instead.
 */
final class Names {
  private static final String GRADIENT = "g";
  private static final String PARAMETER = "θ";

  private final Map<Scalar.Hyper, Integer> hyperPrimes = new HashMap<>();
  private final Map<Remembered, Integer> statePrimes = new IdentityHashMap<>();
  private final Map<Assignment, Integer> linePrimes = new IdentityHashMap<>();
  private final Map<Object, Integer> positions = new IdentityHashMap<>();
  private final Map<Object, Integer> lastReads = new IdentityHashMap<>();
  private final Set<Assignment> again = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> taken = new HashSet<>();
  private final Map<Assignment, Solution> solutions = new IdentityHashMap<>();
  private final Set<Assignment> untold = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Assignment> lines;
  private int moved = Integer.MAX_VALUE;

  Names(Formula formula) {
    taken.addAll(List.of("t", "N", GRADIENT, PARAMETER));
    for (Scalar.Hyper hyper : formula.hypers()) {
      hyperPrimes.put(hyper, free(Symbols.hyperparameter(hyper.name())));
    }
    for (State state : formula.states()) {
      statePrimes.put(state, free(state.symbol()));
    }
    for (ScalarState number : formula.numbers()) {
      statePrimes.put(number, free(number.symbol()));
    }
    for (Solution solution : formula.solutions()) {
      solutions.put(solution.line(), solution);
      untold.addAll(solution.steps());
    }
    lines = formula.lines().stream().filter(line -> !untold.contains(line)).toList();
    for (int i = 0; i < lines.size(); i++) {
      note(lines.get(i), i);
    }
    Map<String, Object> meanings = new HashMap<>();
    meanings.put(GRADIENT, Tensor.Gradient.class);
    for (Assignment line : lines) {
      name(line, meanings);
    }
  }

  /** Remembers where a line stands and what it reads. */
  private void note(Assignment line, int position) {
    positions.put(line, position);
    if (line.state() != null) {
      positions.put(line.state(), position);
    }
    if (line.target() == Assignment.Target.PARAMETER) {
      moved = Math.min(moved, position);
    }
    told(line).forEach(expr -> read(expr, line, position));
    if (line.open() != null) {
      read(line.open(), line, position);
    }
  }

  private void read(Expr expr, Assignment line, int position) {
    for (Object leaf : leaves(expr)) {
      if (leaf instanceof Assignment step && untold.contains(step)) {
        throw new IllegalStateException(
            "'%s' reads '%s', which is not printed: it stands in what solves for another"
                .formatted(line.symbol(), step.symbol()));
      }
      lastReads.put(leaf, position);
    }
  }

  /** The lines that are printed, in order. */
  List<Assignment> lines() {
    return lines;
  }

  /** The equation that tells a line; null where its value does. */
  @Nullable Solution solution(Assignment line) {
    return solutions.get(line);
  }

  /** The expressions that stand in a printed line, without its condition. */
  List<Expr> told(Assignment line) {
    Solution solution = solutions.get(line);
    return solution == null ? List.of(line.value()) : List.of(solution.left(), solution.right());
  }

  private void name(Assignment line, Map<String, Object> meanings) {
    switch (line.target()) {
      case STATE, LOOK_AHEAD -> {}
      case LOCAL, PARAMETER, GRADIENT, FULL_GRADIENT -> {
        Object before = meanings.get(line.symbol());
        boolean free = before != null || !taken.contains(line.symbol());
        if (line.target() == Assignment.Target.PARAMETER) {
          free = true;
        }
        int now = positions.getOrDefault(line, 0);
        if (free && (before == null || lastReads.getOrDefault(before, -1) <= now)) {
          if (before != null) {
            again.add(line);
          }
          taken.add(line.symbol());
          linePrimes.put(line, 0);
          meanings.put(line.symbol(), line);
        } else {
          linePrimes.put(line, free(line.symbol()));
        }
      }
    }
  }

  private int free(String symbol) {
    int primes = 0;
    while (!taken.add(symbol + "'".repeat(primes))) {
      primes++;
    }
    return primes;
  }

  int primes(Scalar.Hyper hyper) {
    return hyperPrimes.getOrDefault(hyper, 0);
  }

  int primes(Remembered state) {
    return statePrimes.getOrDefault(state, 0);
  }

  int primes(Assignment line) {
    Remembered state = line.state();
    return state == null ? linePrimes.getOrDefault(line, 0) : primes(state);
  }

  /** Whether a line gives a name another value within the update. */
  boolean isAgain(Assignment line) {
    return again.contains(line);
  }

  /** Whether {@code line} stands below the one that gives the state its next value. */
  boolean isUpdatedBefore(Remembered state, Assignment line) {
    return position(state) < position(line);
  }

  /** Whether {@code line} stands below the first that moves the parameter. */
  boolean isMovedBefore(Assignment line) {
    return moved < position(line);
  }

  private int position(Object thing) {
    return positions.getOrDefault(thing, Integer.MAX_VALUE);
  }

  /**
   * What an expression reads by name: lines, and {@code Tensor.Gradient.class} for the gradient.
   */
  private static Set<Object> leaves(Expr root) {
    Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Expr> open = new ArrayList<>(List.of(root));
    while (!open.isEmpty()) {
      Expr expr = open.removeLast();
      if (!seen.add(expr)) {
        continue;
      }
      switch (expr) {
        case Scalar.Ref(Assignment line) -> found.add(line);
        case Tensor.Ref(Assignment line) -> found.add(line);
        case Tensor.Also(Assignment line) -> found.add(line);
        case Tensor.Gradient _ -> found.add(Tensor.Gradient.class);
        default -> open.addAll(Parts.of(expr));
      }
    }
    return found;
  }
}
