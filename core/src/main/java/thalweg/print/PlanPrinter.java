package thalweg.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.formula.Stage;
import thalweg.plan.Op;
import thalweg.plan.Pass;
import thalweg.plan.Plan;
import thalweg.plan.ScalarOp;
import thalweg.text.NumberText;

/**
 * Lists a plan as it will run: the host's arithmetic before each pass ({@code s0}, {@code s1}, …,
 * in double), then the pass's instructions ({@code x0}, {@code x1}, …, for every element).
 */
public final class PlanPrinter {
  private final Plan plan;
  private final FormulaPrinter names;
  private final StringJoiner out = new StringJoiner("\n", "", "\n");

  private PlanPrinter(Plan plan) {
    this.plan = plan;
    this.names = FormulaPrinter.of(plan.formula());
  }

  /** The listing, ending in a line break. */
  public static String text(Plan plan) {
    return new PlanPrinter(plan).write();
  }

  private String write() {
    int done = -1;
    for (int i = 0; i < plan.trips().size(); i++) {
      for (; done < plan.trips().get(i).level(); done++) {
        host(done + 1, "before pass %d".formatted(i + 1));
      }
      trip(i, plan.trips().get(i));
    }
    host(done + 1, "at the end");
    return out.toString();
  }

  private void host(int level, String moment) {
    int begin = level == 0 ? 0 : plan.scalars().end(level - 1);
    int end = plan.scalars().end(level);
    if (begin == end) {
      return;
    }
    out.add("host %s, in double".formatted(moment));
    for (int register = begin; register < end; register++) {
      boolean perTensor = plan.stage(register) == Stage.TENSOR;
      out.add(
          "  s%d = %s%s"
              .formatted(
                  register,
                  scalar(plan.scalars().ops().get(register)),
                  perTensor ? "   once a tensor" : ""));
    }
  }

  private String scalar(ScalarOp op) {
    return switch (op) {
      case ScalarOp.Constant(double value) -> NumberText.of(value);
      case ScalarOp.Hyper(int index) -> {
        Formula formula = plan.formula();
        Scalar.Hyper hyper = formula.hypers().get(index);
        yield "%s.%s %s".formatted(hyper.scope(), hyper.name(), names.symbol(hyper));
      }
      case ScalarOp.Time _ -> "t";
      case ScalarOp.Elements(var scope) -> "elements of " + word(scope);
      case ScalarOp.Shared(var extent) -> "elements of a " + word(extent);
      case ScalarOp.Rank _ -> "rank";
      case ScalarOp.Old(int index, var _) -> names.symbol(plan.formula().numbers().get(index));
      case ScalarOp.Unary(var kind, int x) -> "%s s%d".formatted(kind.symbol(), x);
      case ScalarOp.Binary(var kind, int x, int y) -> "s%d %s s%d".formatted(x, kind.symbol(), y);
      case ScalarOp.Select(var comparison, int x, int y, int then, int otherwise) ->
          "s%d if s%d %s s%d else s%d".formatted(then, x, comparison.symbol(), y, otherwise);
      case ScalarOp.Reduced(int pass, int slot, var scope) ->
          "reduction %d of pass %d, over the %s".formatted(slot, pass + 1, word(scope));
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void trip(int index, Plan.Trip trip) {
    Pass pass = trip.pass();
    List<String> buffers = new ArrayList<>();
    for (Plan.Source source : trip.buffers()) {
      buffers.add(Explanation.name(source, plan.formula(), names));
    }
    out.add(
        "pass %d: %d instructions, values read and written %s: %d"
            .formatted(
                index + 1,
                pass.ops().size(),
                trip.domain() == Extent.ELEMENT ? "an element" : "a " + word(trip.domain()),
                pass.traffic()));
    for (int i = 0; i < pass.ops().size(); i++) {
      out.add("  " + instruction(i, pass.ops().get(i), trip, buffers));
    }
  }

  private String instruction(int i, Op op, Plan.Trip trip, List<String> buffers) {
    return switch (op) {
      case Op.Load(int buffer) -> "x%d = %s".formatted(i, buffers.get(buffer));
      case Op.Spread(int slot) ->
          switch (trip.arguments().get(slot)) {
            case Plan.Argument.Register(int index) -> "x%d = s%d".formatted(i, index);
            case Plan.Argument.Shared(Plan.Source source) ->
                "x%d = %s of this %s"
                    .formatted(
                        i,
                        Explanation.name(source, plan.formula(), names),
                        word(plan.extent(source)));
          };
      case Op.Unary(var kind, int x) -> "x%d = %s x%d".formatted(i, kind.symbol(), x);
      case Op.Binary(var kind, int x, int y) ->
          "x%d = x%d %s x%d".formatted(i, x, kind.symbol(), y);
      case Op.Select(var comparison, int x, int y, int then, int otherwise) ->
          "x%d = x%d if x%d %s x%d else x%d"
              .formatted(i, then, x, comparison.symbol(), y, otherwise);
      case Op.Store(int buffer, int x) -> "%s <- x%d".formatted(buffers.get(buffer), x);
      case Op.Reduce(var kind, int x, int slot) ->
          "reduction %d: %s of x%d, over the %s"
              .formatted(
                  slot,
                  kind.name().toLowerCase(Locale.ROOT),
                  x,
                  switch (trip.results().get(slot)) {
                    case Plan.Result.Over(var scope) -> word(scope);
                    case Plan.Result.Into(int scratch) ->
                        "%s, to scratch %d".formatted(word(plan.scratch().get(scratch)), scratch);
                  });
    };
  }
}
