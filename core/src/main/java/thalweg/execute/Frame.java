package thalweg.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.formula.Extent;
import thalweg.formula.Scope;
import thalweg.plan.Plan;
import thalweg.plan.ScalarOp;

/**
 * The numbers of one update that are the same for every element: computed in double, rounded once
 * for the kernels. Tensors with the same t and the same remembered numbers share one, unless
 * something is reduced over a tensor.
 */
final class Frame {
  private final Plan plan;
  private final ScalarOp[] ops;
  private final int[] ends;
  private final int[] tensorNumbers;
  private final double[] registers;
  private final double[][] reduced;
  private final float[][] rounded;
  private final int[][] arguments;
  private final Member representative;
  private final List<Member> members = new ArrayList<>();
  private final double[] groupNumbers;
  private final long modelElements;
  private final double[] elements; // that share one number of each extent

  Frame(Plan plan, Member representative, double[] groupNumbers, long modelElements) {
    this.plan = plan;
    this.representative = representative;
    this.groupNumbers = groupNumbers;
    this.modelElements = modelElements;
    this.elements =
        Arrays.stream(Extent.values())
            .mapToDouble(extent -> extent.elements(representative.shape()))
            .toArray();
    List<Plan.Trip> all = new ArrayList<>(plan.trips());
    Plan.Rest rest = plan.rest();
    if (rest != null) {
      all.addAll(rest.trips());
    }
    int trips = all.size();
    ops = plan.scalars().ops().toArray(ScalarOp[]::new);
    registers = new double[ops.length];
    int levels = plan.scalars().levels().stream().mapToInt(level -> level + 1).max().orElse(1);
    ends = new int[levels];
    for (int i = 0; i < levels; i++) {
      ends[i] = plan.scalars().end(i);
    }
    reduced = new double[trips][];
    rounded = new float[trips][];
    arguments = new int[trips][];
    for (int i = 0; i < trips; i++) {
      Plan.Trip trip = all.get(i);
      reduced[i] = new double[trip.results().size()];
      rounded[i] = new float[trip.arguments().size()];
      arguments[i] =
          trip.arguments().stream()
              .mapToInt(
                  argument -> argument instanceof Plan.Argument.Register(int index) ? index : -1)
              .toArray();
    }
    tensorNumbers = numbersOf(plan, Scope.TENSOR);
  }

  /** The positions of the remembered numbers of a scope. */
  static int[] numbersOf(Plan plan, Scope scope) {
    var numbers = plan.formula().numbers();
    return java.util.stream.IntStream.range(0, numbers.size())
        .filter(i -> numbers.get(i).scope() == scope)
        .toArray();
  }

  void add(Member member) {
    members.add(member);
  }

  /** The scalars of a trip, as its kernel takes them; those of strips are left out. */
  float[] scalars(int trip) {
    return rounded[trip];
  }

  /** Whether a member can share this frame. */
  boolean fits(Member member) {
    return member.updates() == representative.updates()
        && Arrays.equals(member.numbers(), representative.numbers());
  }

  void reduced(int trip, int slot, double value) {
    reduced[trip][slot] = value;
  }

  /** Computes what is known before the trips of a level, and after all those before. */
  void compute(int level, double[] hypers) {
    int end = ends[Math.min(level, ends.length - 1)];
    for (int i = level == 0 ? 0 : ends[Math.min(level, ends.length) - 1]; i < end; i++) {
      registers[i] = compute(ops[i], hypers);
    }
  }

  /** Rounds what a trip needs. */
  void round(int trip) {
    float[] out = rounded[trip];
    for (int i = 0; i < out.length; i++) {
      if (arguments[trip][i] >= 0) {
        out[i] = (float) registers[arguments[trip][i]];
      }
    }
  }

  double register(int index) {
    return registers[index];
  }

  /** Lets the tensors remember their numbers, once everything else is written. */
  void remember() {
    for (int m = 0; m < members.size(); m++) {
      for (int i : tensorNumbers) {
        members.get(m).numbers()[i] = registers[plan.numbers().get(i)];
      }
    }
  }

  private double compute(ScalarOp op, double[] hypers) {
    return switch (op) {
      case ScalarOp.Constant constant -> constant.value();
      case ScalarOp.Hyper hyper -> hypers[hyper.index()];
      case ScalarOp.Time _ -> representative.updates();
      case ScalarOp.Elements elements ->
          elements.scope() == Scope.MODEL ? modelElements : representative.length();
      case ScalarOp.Shared shared -> elements[shared.extent().ordinal()];
      case ScalarOp.Rank _ -> representative.shape().size();
      case ScalarOp.Old old ->
          old.scope() == Scope.MODEL
              ? groupNumbers[old.index()]
              : representative.numbers()[old.index()];
      case ScalarOp.Unary unary -> unary.op().apply(registers[unary.x()]);
      case ScalarOp.Binary binary ->
          binary.op().apply(registers[binary.x()], registers[binary.y()]);
      case ScalarOp.Select select ->
          select.comparison().holds(registers[select.x()], registers[select.y()])
              ? registers[select.then()]
              : registers[select.otherwise()];
      case ScalarOp.Reduced result -> reduced[result.trip()][result.slot()];
    };
  }
}
