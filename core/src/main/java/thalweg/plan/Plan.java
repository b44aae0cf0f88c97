package thalweg.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Reduction;
import thalweg.formula.Scope;
import thalweg.formula.Stage;
import thalweg.formula.Tensor;

/**
 * A formula arranged for running: how many trips over memory, what each does, and what is computed
 * between them. A reduction ends a trip; nothing else does.
 *
 * @param formula what it computes
 * @param scalars the arithmetic of the host, before, between and after the trips
 * @param trips the trips in order; only those of the last level write states and parameters
 * @param scratch what the trips hand on to each other besides single numbers: for what extent each
 * @param numbers the register of the next value of each remembered number
 * @param notices what to tell the user
 * @param rest what to do instead while the formula pauses; null if it never does
 */
public record Plan(
    Formula formula,
    ScalarProgram scalars,
    List<Trip> trips,
    List<Extent> scratch,
    List<Integer> numbers,
    List<Announcement> notices,
    @Nullable Rest rest) {
  public Plan {
    trips = List.copyOf(trips);
    scratch = List.copyOf(scratch);
    numbers = List.copyOf(numbers);
    notices = List.copyOf(notices);
  }

  public static Plan of(Formula formula) {
    return new Planner(formula).plan();
  }

  /** How to get to the point of each of a formula's {@link Formula#evaluations}, in order. */
  public static List<Plan> ofEvaluations(Formula formula) {
    return formula.evaluations().stream()
        .map(line -> of(formula.moving((Tensor) line.value(), line.open())))
        .toList();
  }

  /**
   * A pass and what its arguments mean.
   *
   * @param pass the instructions
   * @param level how many levels of trips must have run before it
   * @param domain what it has one element for
   * @param buffers which memory each buffer of the pass is
   * @param arguments what each scalar of the pass is
   * @param results where each reduction of the pass goes
   * @param columns the buffers in which numbers that run along the elements are reduced
   */
  public record Trip(
      Pass pass,
      int level,
      Extent domain,
      List<Source> buffers,
      List<Argument> arguments,
      List<Result> results,
      List<Column> columns) {
    public Trip {
      buffers = List.copyOf(buffers);
      arguments = List.copyOf(arguments);
      results = List.copyOf(results);
      columns = List.copyOf(columns);
    }

    /** The extents that decide where a strip ends. */
    public Set<Extent> extents(Plan plan) {
      Set<Extent> extents = EnumSet.noneOf(Extent.class);
      for (Argument argument : arguments) {
        if (argument instanceof Argument.Shared(Source source)) {
          extents.add(plan.extent(source));
        }
      }
      for (Result result : results) {
        if (result instanceof Result.Into(int index)) {
          extents.add(plan.scratch.get(index));
        }
      }
      for (int buffer : pass.aside()) {
        extents.add(plan.extent(buffers.get(buffer)));
      }
      return extents;
    }
  }

  /** The memory a buffer of a pass stands for. */
  public sealed interface Source {
    /** The parameter's values. */
    record Values() implements Source {}

    /** The parameter's gradient. */
    record Gradient() implements Source {}

    /** The further gradient that evaluation {@code index} of the formula has left. */
    record Evaluated(int index) implements Source {}

    /** Noise, drawn before the trip. */
    record Drawn(long seed, String stream) implements Source {}

    /** State {@code index} of the formula. */
    record Remembered(int index) implements Source {}

    /** Scratch memory {@code index} of the plan. */
    record Scratch(int index) implements Source {}
  }

  /** What a scalar of a pass is. */
  public sealed interface Argument {
    /** A register of the program. */
    record Register(int index) implements Argument {}

    /** The number that the elements of a strip share. */
    record Shared(Source source) implements Argument {}
  }

  /** Where a reduction goes. */
  public sealed interface Result {
    /** To a register, over a scope. */
    record Over(Scope scope) implements Result {}

    /** To scratch memory: one result for each row, … */
    record Into(int scratch) implements Result {}
  }

  /**
   * Numbers reduced over elements that are not neighbours.
   *
   * @param buffer of the pass: where they are brought together
   * @param scratch where they go in the end
   */
  public record Column(int buffer, Reduction kind, int scratch) {}

  /**
   * A pause: what follows it in the formula is not carried out, so most of memory is not touched.
   *
   * @param register 0 while it lasts
   * @param level how many levels of trips must have run before that is known, and what {@code
   *     trips} need
   * @param trips in place of all that are left
   */
  public record Rest(int register, int level, List<Trip> trips) {
    public Rest {
      trips = List.copyOf(trips);
    }
  }

  /** A notice with the registers of its condition and its values. */
  public record Announcement(int when, String text, List<Integer> values) {
    public Announcement {
      values = List.copyOf(values);
    }
  }

  /** For what a source has one number. */
  public Extent extent(Source source) {
    return switch (source) {
      case Source.Values _, Source.Gradient _, Source.Evaluated _, Source.Drawn _ -> Extent.ELEMENT;
      case Source.Remembered(int index) -> formula.states().get(index).extent();
      case Source.Scratch(int index) -> scratch.get(index);
    };
  }

  /** Whether the same engine can carry both out. */
  public boolean hasStructureOf(Plan other) {
    return trips.equals(other.trips)
        && scalars.equals(other.scalars)
        && scratch.equals(other.scratch)
        && numbers.equals(other.numbers)
        && notices.equals(other.notices)
        && Objects.equals(rest, other.rest);
  }

  /** The trips over all elements, which are what a step costs. */
  public List<Trip> passes() {
    return trips.stream().filter(trip -> trip.domain() == Extent.ELEMENT).toList();
  }

  /** Whether some number differs between tensors, beyond t and what they remember. */
  public boolean differsBetweenTensors() {
    return scalars.ops().stream()
        .anyMatch(op ->
            switch (op) {
              case ScalarOp.Reduced reduced -> reduced.scope() == Scope.TENSOR;
              case ScalarOp.Elements elements -> elements.scope() == Scope.TENSOR;
              case ScalarOp.Shared _, ScalarOp.Rank _ -> true;
              default -> false;
            });
  }

  /** The fastest-changing thing a scalar of the program depends on, for explaining. */
  public Stage stage(int register) {
    return switch (scalars.ops().get(register)) {
      case ScalarOp.Constant _, ScalarOp.Hyper _, ScalarOp.Time _ -> Stage.STEP;
      case ScalarOp.Elements(Scope scope) -> stage(scope);
      case ScalarOp.Old(int _, Scope scope) -> stage(scope);
      case ScalarOp.Reduced(int _, int _, Scope scope) -> stage(scope);
      case ScalarOp.Shared _, ScalarOp.Rank _ -> Stage.TENSOR;
      case ScalarOp.Unary(var _, int x) -> stage(x);
      case ScalarOp.Binary(var _, int x, int y) -> later(stage(x), stage(y));
      case ScalarOp.Select(var _, int x, int y, int then, int otherwise) ->
          later(later(stage(x), stage(y)), later(stage(then), stage(otherwise)));
    };
  }

  private static Stage stage(Scope scope) {
    return switch (scope) {
      case TENSOR -> Stage.TENSOR;
      case MODEL -> Stage.MODEL;
    };
  }

  private static Stage later(Stage x, Stage y) {
    return x.compareTo(y) >= 0 ? x : y;
  }
}
