package thalweg.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import thalweg.formula.Extents;
import thalweg.formula.Formula;
import thalweg.formula.Notice;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;

/**
 * The definition of every rule: evaluates the formula itself in double, expression by expression,
 * whole arrays at a time, without a plan. Plain on purpose: every expression keeps its value in an
 * array of its own ({@link ReferenceSheet}). Parameters may be float32 or float64.
 */
public final class ReferenceEngine implements Engine {
  private static final boolean[] NONE = {};

  private final Formula formula;
  private final List<Member> members;
  private final double[] groupNumbers;
  private final boolean everyone;
  private final Consumer<String> notices;
  private final Extents extents = new Extents();
  private final double[] hypers;
  private final List<Runnable> lines = new ArrayList<>();
  private final List<Runnable> told = new ArrayList<>();
  private final List<Runnable> writes = new ArrayList<>();
  private List<Member> written = List.of(); // those whose lines these are

  /**
   * @param groupNumbers what the formula remembers as one number for the group; changed in place
   * @param everyone whether members without a gradient take part
   * @param notices told what a user should hear of
   */
  public ReferenceEngine(
      Formula formula,
      List<Member> members,
      double[] groupNumbers,
      boolean everyone,
      Consumer<String> notices) {
    this.formula = formula;
    this.members = List.copyOf(members);
    this.groupNumbers = groupNumbers;
    this.everyone = everyone;
    this.notices = notices;
    this.hypers = new double[formula.hypers().size()];
  }

  @Override
  public NumberType stateType() {
    return NumberType.FLOAT64;
  }

  @Override
  public boolean takes(NumberType type) {
    return true;
  }

  @Override
  public void bind(boolean rebound) {} // it looks at the members anew at every step

  @Override
  public void step(double[] values) {
    System.arraycopy(values, 0, hypers, 0, hypers.length);
    if (!isWritten()) {
      write();
    }
    // every result is known before anything is written: reductions see all tensors as they were
    run(lines);
    run(told);
    run(writes);
  }

  private static void run(List<Runnable> all) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).run();
    }
  }

  private boolean takesPart(Member member) {
    return everyone || member.hasGradient();
  }

  /** Whether the lines are those of the members that take part now. */
  private boolean isWritten() {
    int next = 0;
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (takesPart(member) && (next == written.size() || written.get(next++) != member)) {
        return false;
      }
    }
    return next == written.size();
  }

  /** Writes down all that a step does, in order. */
  private void write() {
    written = List.of();
    lines.clear();
    told.clear();
    writes.clear();
    List<Member> present = members.stream().filter(this::takesPart).toList();
    List<ReferenceSheet> sheets = new ArrayList<>();
    for (Member member : present) {
      sheets.add(new ReferenceSheet(formula, extents, member, sheets, hypers, groupNumbers, lines));
    }
    sheets.forEach(this::write);
    if (!sheets.isEmpty()) {
      formula.notices().forEach(notice -> tell(notice, sheets.getFirst()));
    }
    written = present;
  }

  private void write(ReferenceSheet sheet) {
    Member member = sheet.member();
    double[] next = sheet.value(formula.next());
    writes.add(() -> write(member.value(), next, touched(member)));
    for (int i = 0; i < formula.states().size() && member.length() > 0; i++) {
      State state = formula.states().get(i);
      double[] nextState = sheet.fewer(formula.next(state), state.extent());
      Buffer memory = member.states().get(i);
      writes.add(() -> write(memory, nextState, touched(member)));
    }
    for (int i = 0; i < formula.numbers().size(); i++) {
      ScalarState number = formula.numbers().get(i);
      double[] memory = sheet.memory(number);
      double[] nextNumber = sheet.value(formula.next(number));
      int index = i;
      writes.add(() -> memory[index] = nextNumber[0]);
    }
  }

  private void tell(Notice notice, ReferenceSheet sheet) {
    double[] when = sheet.value(notice.when());
    List<double[]> values = notice.values().stream().map(sheet::value).toList();
    told.add(() -> {
      if (when[0] != 0) {
        notices.accept(notice.text().formatted(values.stream().map(value -> value[0]).toArray()));
      }
    });
  }

  private static void write(Buffer to, double[] values, boolean[] touched) {
    if (touched.length == 0) {
      to.setAll(values);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      if (touched[i]) {
        to.set(i, values[i]);
      }
    }
  }

  /** The elements that a sparse gradient names; nothing for a dense one. */
  private static boolean[] touched(Member member) {
    SparseRows sparse = member.sparse();
    if (sparse == null) {
      return NONE;
    }
    boolean[] touched = new boolean[Math.toIntExact(member.length())];
    for (int i = 0; i < sparse.count(); i++) {
      int from = Math.toIntExact(sparse.row(i) * sparse.columns());
      Arrays.fill(touched, from, from + Math.toIntExact(sparse.columns()), true);
    }
    return touched;
  }
}
