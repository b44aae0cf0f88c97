package thalweg.execute;

import thalweg.formula.Scope;
import thalweg.plan.Plan;
import thalweg.plan.ScalarOp;

/**
 * The numbers of one update that are the same for every element: computed in double, rounded once
 * for the kernels. Tensors with the same t share one, unless something is reduced over a tensor.
 */
final class Frame {
  private final Plan plan;
  private final ScalarOp[] ops;
  private final int[] ends;
  private final double[] registers;
  private final double[][] reduced;
  private final float[][] rounded;
  private final Member representative;
  private final long modelElements;

  Frame(Plan plan, Member representative, long modelElements) {
    this.plan = plan;
    this.representative = representative;
    this.modelElements = modelElements;
    int trips = plan.trips().size();
    ops = plan.scalars().ops().toArray(ScalarOp[]::new);
    registers = new double[ops.length];
    ends = new int[trips];
    reduced = new double[trips][];
    rounded = new float[trips][];
    for (int i = 0; i < trips; i++) {
      ends[i] = plan.scalars().end(i);
      reduced[i] = new double[plan.trips().get(i).scopes().size()];
      rounded[i] = new float[plan.trips().get(i).scalars().size()];
    }
  }

  /** The scalars of a trip, as its kernel takes them. */
  float[] scalars(int trip) {
    return rounded[trip];
  }

  /** Whether a member can share this frame. */
  boolean fits(Member member) {
    return member.updates() == representative.updates();
  }

  void reduced(int trip, int slot, double value) {
    reduced[trip][slot] = value;
  }

  /** Computes what is known before a trip and rounds what that trip needs. */
  void prepare(int trip, double[] hypers) {
    for (int i = trip == 0 ? 0 : ends[trip - 1]; i < ends[trip]; i++) {
      registers[i] = compute(ops[i], hypers);
    }
    float[] out = rounded[trip];
    Plan.Trip arguments = plan.trips().get(trip);
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) registers[arguments.scalars().get(i)];
    }
  }

  private double compute(ScalarOp op, double[] hypers) {
    return switch (op) {
      case ScalarOp.Constant constant -> constant.value();
      case ScalarOp.Hyper hyper -> hypers[hyper.index()];
      case ScalarOp.Time _ -> representative.updates();
      case ScalarOp.Elements elements ->
          elements.scope() == Scope.MODEL ? modelElements : representative.length();
      case ScalarOp.Unary unary -> unary.op().apply(registers[unary.x()]);
      case ScalarOp.Binary binary ->
          binary.op().apply(registers[binary.x()], registers[binary.y()]);
      case ScalarOp.Select select ->
          select.comparison().holds(registers[select.x()], registers[select.y()])
              ? registers[select.then()]
              : registers[select.otherwise()];
      case ScalarOp.Reduced result -> reduced[result.pass()][result.slot()];
    };
  }
}
