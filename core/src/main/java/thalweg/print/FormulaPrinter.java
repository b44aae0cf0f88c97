package thalweg.print;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import thalweg.formula.Expr;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Remembered;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Tensor;
import thalweg.print.Notation.Moment;

/**
 * Prints a formula as mathematics, read off the same tree that runs. Nothing is typed beside it.
 *
 * <p>In text a state's symbol means its old value until its own line, and the new one below it; an
 * old value read below is marked {@code mₜ₋₁}. LaTeX gives every value its index. Hyperparameters
 * stand by the usual letters; two things of one letter are told apart by primes.
 */
public final class FormulaPrinter {
  private final Formula formula;
  private final Names names;

  private FormulaPrinter(Formula formula) {
    this.formula = formula;
    this.names = new Names(formula);
  }

  public static FormulaPrinter of(Formula formula) {
    return new FormulaPrinter(formula);
  }

  /** The lines in order, in Unicode: {@code v ← β₂ v + (1 − β₂) g²}. */
  public List<String> text() {
    return lines(new TextNotation());
  }

  /** One {@code aligned} block, to stand between {@code $$} or in an equation. */
  public String latex() {
    return lines(new LatexNotation()).stream()
        .collect(Collectors.joining(" \\\\\n", "\\begin{aligned}\n", "\n\\end{aligned}"));
  }

  private List<String> lines(Notation notation) {
    return names.lines().stream()
        .map(line -> new LineWriter(notation, names, line).write())
        .toList();
  }

  /** The letter a hyperparameter has in {@link #text()}. */
  public String symbol(Scalar.Hyper hyper) {
    return new TextNotation()
        .name(Symbols.hyperparameter(hyper.name()), names.primes(hyper), Moment.ALWAYS)
        .text();
  }

  /** The letter a state has in {@link #text()}. */
  public String symbol(Remembered state) {
    return new TextNotation().name(state.symbol(), names.primes(state), Moment.NOW).text();
  }

  /** How to read {@link #text()}: one sentence a line, only what this formula needs. */
  public List<String> legend() {
    List<String> legend = new ArrayList<>();
    legend.add("g is the gradient, θ the parameter, t the number of the update, from 1.");
    if (!formula.states().isEmpty() || !formula.numbers().isEmpty()) {
      boolean marked = text().stream().anyMatch(line -> line.contains("ₜ₋₁"));
      legend.add(
          "Lines run in order: a state's letter is its old value up to its own line, the new one"
              + " below"
              + (marked ? "; ₜ₋₁ marks an old value below." : "."));
    }
    if (everything().stream().anyMatch(Tensor.Noise.class::isInstance)) {
      legend.add("ξ is standard normal noise, seeded, drawn anew for each element and update.");
    }
    if (names.lines().stream().anyMatch(line -> names.solution(line) != null)) {
      legend.add(
          "What solves an equation is told by it; the lines of the search are left out, its passes"
              + " are not.");
    }
    for (Scope scope : scopes()) {
      legend.add(
          switch (scope) {
            case MODEL ->
                "‖ ‖ is the Euclidean norm; it, Σ, mean and max of one value run over all tensors"
                    + " of the group.";
            case TENSOR ->
                "‖ ‖ₜₑₙₛₒᵣ is the Euclidean norm of one tensor; Σ, mean and max marked so run over"
                    + " its elements.";
          });
    }
    for (Extent extent : extents()) {
      legend.add(
          "[%s] marks what runs over %s."
              .formatted(extent.name().toLowerCase(Locale.ROOT), meaning(extent)));
    }
    return legend;
  }

  private static String meaning(Extent extent) {
    return switch (extent) {
      case ELEMENT -> "one element";
      case ROW -> "a row of the last two axes; there is one such number for each row";
      case COLUMN -> "a column of the last two axes; there is one such number for each column";
      case MATRIX -> "each matrix of the last two axes; there is one such number for each";
      case SLICE -> "all axes but the first; there is one such number for each index of that";
      case UNIT ->
          "the first axis (of four, the first three); there is one such number for each index of"
              + " the others";
    };
  }

  /** What the reductions of the formula run over. */
  private Set<Scope> scopes() {
    Set<Scope> found = EnumSet.noneOf(Scope.class);
    for (Expr expr : everything()) {
      if (expr instanceof Scalar.Reduce reduce) {
        found.add(reduce.scope());
      }
    }
    return found;
  }

  private Set<Extent> extents() {
    Set<Extent> found = EnumSet.noneOf(Extent.class);
    for (Expr expr : everything()) {
      if (expr instanceof Tensor.Along along) {
        found.add(along.extent());
      }
    }
    return found;
  }

  private Set<Expr> everything() {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> open = new ArrayDeque<>();
    names.lines().forEach(line -> open.addAll(names.told(line)));
    while (!open.isEmpty()) {
      Expr expr = open.pop();
      if (seen.add(expr)) {
        Parts.of(expr).forEach(open::push);
      }
    }
    return seen;
  }
}
