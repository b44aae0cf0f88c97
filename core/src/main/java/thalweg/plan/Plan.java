package thalweg.plan;

import java.util.List;
import thalweg.formula.Formula;
import thalweg.formula.Scope;
import thalweg.formula.Stage;

/**
 * A formula arranged for running: how many trips over memory, what each does, and what is computed
 * between them. A reduction ends a trip; nothing else does.
 *
 * @param formula what it computes
 * @param scalars the arithmetic of the host, before and between the trips
 * @param trips the trips in order; only the last one writes
 */
public record Plan(Formula formula, ScalarProgram scalars, List<Trip> trips) {
  public Plan {
    trips = List.copyOf(trips);
  }

  public static Plan of(Formula formula) {
    return new Planner(formula).plan();
  }

  /**
   * A pass and what its arguments mean.
   *
   * @param pass the instructions
   * @param buffers which memory each buffer of the pass is
   * @param scalars which register of the program each scalar of the pass is
   * @param scopes over what each reduction of the pass runs
   */
  public record Trip(Pass pass, List<Source> buffers, List<Integer> scalars, List<Scope> scopes) {
    public Trip {
      buffers = List.copyOf(buffers);
      scalars = List.copyOf(scalars);
      scopes = List.copyOf(scopes);
    }
  }

  /** The memory a buffer of a pass stands for. */
  public sealed interface Source {
    /** The parameter's values. */
    record Values() implements Source {}

    /** The parameter's gradient. */
    record Gradient() implements Source {}

    /** State {@code index} of the formula. */
    record Remembered(int index) implements Source {}
  }

  /** Whether some number differs between tensors, beyond t. */
  public boolean differsBetweenTensors() {
    return scalars.ops().stream()
        .anyMatch(op ->
            (op instanceof ScalarOp.Reduced reduced && reduced.scope() == Scope.TENSOR)
                || (op instanceof ScalarOp.Elements elements && elements.scope() == Scope.TENSOR));
  }

  /** The fastest-changing thing a scalar of the program depends on, for explaining. */
  public Stage stage(int register) {
    return switch (scalars.ops().get(register)) {
      case ScalarOp.Constant _, ScalarOp.Hyper _, ScalarOp.Time _ -> Stage.STEP;
      case ScalarOp.Elements(Scope scope) -> stage(scope);
      case ScalarOp.Reduced(int _, int _, Scope scope) -> stage(scope);
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
