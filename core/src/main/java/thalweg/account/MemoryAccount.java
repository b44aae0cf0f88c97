package thalweg.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import thalweg.execute.WorkingMemory;
import thalweg.formula.Assignment;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;

/**
 * The memory that training takes, read off the formula: what is declared there is what an {@link
 * thalweg.optimizer.Optimizer} allocates. Not in it are activations, and what does not grow with
 * the parameters.
 *
 * @param lines parameters, gradients, masters, each state, working memory; lines of nothing are
 *     left out, but for the parameters and gradients
 */
public record MemoryAccount(List<Line> lines) {
  /**
   * One kind of numbers.
   *
   * @param name such as {@code gradients}, or {@code adam/exp_avg}: the key of a state
   * @param numbers how many of them, of all ranks together once
   * @param bytes that they take where nothing is divided
   * @param bytesOfRank that each rank holds
   */
  public record Line(
      Part part, String name, NumberType type, long numbers, long bytes, long bytesOfRank) {}

  /** What lines are added up by. */
  private record Key(Part part, String name, NumberType type) {}

  public MemoryAccount {
    lines = List.copyOf(lines);
  }

  /**
   * The account of a formula over tensors of these shapes.
   *
   * @throws ArithmeticException if there are more than 2⁶³ − 1 bytes of something
   */
  public static MemoryAccount of(
      Formula formula, List<List<Long>> shapes, Precision precision, Zero zero) {
    return new Counting(precision, zero).of(formula, true, shapes);
  }

  /**
   * The account of the reference backend, which has no plan and so no working memory for one.
   *
   * @throws ArithmeticException if there are more than 2⁶³ − 1 bytes of something
   */
  public static MemoryAccount withoutPlan(
      Formula formula, List<List<Long>> shapes, Precision precision) {
    return new Counting(precision, Zero.NONE).of(formula, false, shapes);
  }

  /** Both together; lines of one name are one. */
  public MemoryAccount plus(MemoryAccount other) {
    Map<Key, Line> sums = new LinkedHashMap<>();
    lines.forEach(line -> add(sums, line));
    other.lines.forEach(line -> add(sums, line));
    return sorted(sums);
  }

  /** The lines of one part. */
  public List<Line> lines(Part part) {
    return lines.stream().filter(line -> line.part() == part).toList();
  }

  /** Bytes of one part, where nothing is divided. */
  public long bytes(Part part) {
    return sum(line -> line.part() == part, Line::bytes);
  }

  /** Bytes of everything, where nothing is divided. */
  public long bytes() {
    return sum(_ -> true, Line::bytes);
  }

  /** Bytes that each rank holds. */
  public long bytesOfRank() {
    return sum(_ -> true, Line::bytesOfRank);
  }

  /** Bytes of what the optimizer holds, where nothing is divided. */
  public long optimizerBytes() {
    return sum(line -> line.part().isOfOptimizer(), Line::bytes);
  }

  /** Bytes of what the optimizer holds on each rank. */
  public long optimizerBytesOfRank() {
    return sum(line -> line.part().isOfOptimizer(), Line::bytesOfRank);
  }

  /** How many numbers are trained. */
  public long parameters() {
    return sum(line -> line.part() == Part.PARAMETERS, Line::numbers);
  }

  private long sum(Predicate<Line> which, ToLongFunction<Line> what) {
    return lines.stream().filter(which).mapToLong(what).reduce(0, Math::addExact);
  }

  private static void add(Map<Key, Line> sums, Line line) {
    sums.merge(
        new Key(line.part(), line.name(), line.type()),
        line,
        (a, b) ->
            new Line(
                a.part(),
                a.name(),
                a.type(),
                Math.addExact(a.numbers(), b.numbers()),
                Math.addExact(a.bytes(), b.bytes()),
                Math.addExact(a.bytesOfRank(), b.bytesOfRank())));
  }

  private static MemoryAccount sorted(Map<Key, Line> sums) {
    List<Line> lines = new ArrayList<>(sums.values());
    lines.sort(Comparator.comparing(Line::part)); // keeps the order within a part
    return new MemoryAccount(lines);
  }

  /** Counts the declarations of one formula. */
  private static final class Counting {
    private final Precision precision;
    private final Zero zero;
    private final Map<Key, Line> sums = new LinkedHashMap<>();

    Counting(Precision precision, Zero zero) {
      this.precision = precision;
      this.zero = zero;
    }

    MemoryAccount of(Formula formula, boolean planned, List<List<Long>> shapes) {
      List<Plan> plans = planned ? plans(formula) : List.of();
      Map<List<Long>, Long> tensors = new LinkedHashMap<>();
      shapes.forEach(shape -> tensors.merge(shape, 1L, Long::sum));
      tensors.forEach((shape, count) -> tensor(formula, plans, shape, count));
      for (ScalarState number : formula.numbers()) {
        if (number.scope() == Scope.MODEL && !shapes.isEmpty()) {
          count(Part.STATE, number.key(), NumberType.FLOAT64, 1, 1);
        }
      }
      return sorted(sums);
    }

    /** The plan of the update, and those that an engine runs to get to other points. */
    private static List<Plan> plans(Formula formula) {
      List<Plan> plans = new ArrayList<>(List.of(Plan.of(formula)));
      List<Plan> moving = Plan.ofEvaluations(formula);
      for (int i = 0; i < moving.size(); i++) {
        Assignment line = formula.evaluations().get(i);
        if (leaves(line) || line.open() != null) {
          plans.add(moving.get(i));
        }
      }
      return plans;
    }

    /** Whether the parameters go elsewhere for it. */
    private static boolean leaves(Assignment evaluation) {
      return evaluation.target() != Assignment.Target.FULL_GRADIENT;
    }

    private void tensor(Formula formula, List<Plan> plans, List<Long> shape, long tensors) {
      long elements = Extent.ELEMENT.count(shape);
      count(Part.PARAMETERS, "parameters", precision.parameters(), elements, tensors);
      count(Part.GRADIENTS, "gradients", precision.gradients(), elements, tensors);
      NumberType masters = precision.masters();
      if (masters != null) {
        count(Part.MASTERS, "master copies", masters, elements, tensors);
      }
      for (State state : formula.states()) {
        NumberType type = precision.of(state);
        count(Part.STATE, state.key(), type, state.count(shape), tensors);
        if (state.terms() > 0) {
          long current = state.extent().count(shape);
          count(Part.WORKING, state.key() + " of the term", type, current, tensors);
        }
      }
      for (ScalarState number : formula.numbers()) {
        if (number.scope() == Scope.TENSOR) {
          count(Part.STATE, number.key(), NumberType.FLOAT64, 1, tensors);
        }
      }
      working(formula, plans, shape, tensors);
    }

    private void working(Formula formula, List<Plan> plans, List<Long> shape, long tensors) {
      long elements = Extent.ELEMENT.count(shape);
      for (Assignment line : formula.evaluations()) {
        if (line.target() != Assignment.Target.LOOK_AHEAD) {
          count(Part.WORKING, "gradient " + line.symbol(), precision.own(), elements, tensors);
        }
      }
      if (formula.evaluations().stream().anyMatch(Counting::leaves)) {
        NumberType type = precision.moved();
        count(Part.WORKING, "way back to the parameters", type, elements, tensors);
      }
      for (WorkingMemory piece : WorkingMemory.of(plans, shape)) {
        String name =
            switch (piece.what()) {
              case NOISE -> "noise";
              case SCRATCH -> "between passes";
              case BANDS -> "columns by bands";
            };
        count(Part.WORKING, name, WorkingMemory.TYPE, piece.length(), tensors);
      }
    }

    private void count(Part part, String name, NumberType type, long numbers, long tensors) {
      if (numbers == 0 && part.isOfOptimizer()) {
        return;
      }
      long ofRank = type.bytesFor(zero.of(part, numbers));
      add(
          sums,
          new Line(
              part,
              name,
              type,
              Math.multiplyExact(numbers, tensors),
              Math.multiplyExact(type.bytesFor(numbers), tensors),
              Math.multiplyExact(ofRank, tensors)));
    }
  }
}
