package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.Region;
import thalweg.memory.SparseRows;
import thalweg.plan.Pass;
import thalweg.plan.Plan;
import thalweg.rules.Adagrad;
import thalweg.rules.Sgd;

/** What a step over rows visits: those rows and nothing else. No time is measured. */
class TouchedRowsTest {
  /** One call of a kernel. */
  private record Call(long from, long aside, int count) {}

  /** The block backend, overheard. */
  private static final class Overheard implements Backend {
    private final BlockBackend block = new BlockBackend();
    private final List<Call> calls = new ArrayList<>();

    @Override
    public String name() {
      return "overheard";
    }

    @Override
    public int preference() {
      return -1;
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Chunk bind(Pass pass, List<Buffer> buffers, long from, int count) {
      throw new AssertionError("a dense chunk of " + count);
    }

    @Override
    public Strip strip(Pass pass, List<Buffer> buffers) {
      Strip strip = block.strip(pass, buffers);
      return (from, aside, count, scalars, partials, at, workspace) -> {
        calls.add(new Call(from, aside, count));
        strip.run(from, aside, count, scalars, partials, at, workspace);
      };
    }
  }

  private final Overheard backend = new Overheard();

  private static Member member(Plan plan, long rows, long columns, SparseRows gradient) {
    List<Buffer> states =
        plan.formula().states().stream()
            .map(state -> Buffer.allocate(rows * columns, NumberType.FLOAT32))
            .toList();
    Buffer value = Buffer.allocate(rows * columns, NumberType.FLOAT32);
    Member member =
        new Member(
            "table",
            List.of(rows, columns),
            value,
            null,
            null,
            states,
            new double[0],
            List.of(),
            1,
            new Region());
    member.rebind(value, null, gradient);
    return member;
  }

  private void step(Plan plan, Member member) {
    PlanEngine engine =
        new PlanEngine(
            plan,
            new Backends.Choice(backend, backend, ""),
            new Workers(1),
            List.of(member),
            new double[0],
            false,
            _ -> {});
    engine.bind(true);
    engine.step(new double[] {1, 1});
  }

  @Test
  void aMillionRowsCostNothingWhereThreeHaveAGradient() {
    SparseRows gradient = SparseRows.empty(4, NumberType.FLOAT32);
    gradient.add(999_999, 1, 2, 3, 4);
    gradient.add(0, 1, 1, 1, 1);
    gradient.add(500_000, 1, 1, 1, 1);
    Plan plan = Plan.of(Formula.of(Adagrad.lr(1)));
    step(plan, member(plan, 1_000_000, 4, gradient));
    assertThat(backend.calls)
        .containsExactly(new Call(3_999_996, 0, 4), new Call(0, 4, 4), new Call(2_000_000, 8, 4));
    assertThat(gradient.values().length()).as("room for the gradient").isLessThan(100);
  }

  @Test
  void withoutRowsNoKernelRuns() {
    Plan plan = Plan.of(Formula.of(Sgd.lr(1)));
    step(plan, member(plan, 10, 4, SparseRows.empty(4, NumberType.FLOAT32)));
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void neighboursInBothAreOneStretch() {
    SparseRows gradient = SparseRows.empty(1, NumberType.FLOAT32);
    for (long row : new long[] {4, 5, 6, 3, 2, 8, 9}) {
      gradient.add(row, row);
    }
    Plan plan = Plan.of(Formula.of(Sgd.lr(1)));
    Member member = member(plan, 10, 1, gradient);
    step(plan, member);
    assertThat(backend.calls)
        .containsExactly(
            new Call(4, 0, 3), new Call(3, 3, 1), new Call(2, 4, 1), new Call(8, 5, 2));
    assertThat(member.value().toDoubles()).containsExactly(0, 0, -2, -3, -4, -5, -6, 0, -8, -9);
  }

  @Test
  void aLongStretchIsCutWhereAChunkEnds() {
    int columns = Chunk.MAXIMUM / 2 + 1;
    SparseRows gradient = SparseRows.empty(columns, NumberType.FLOAT32);
    for (int row = 0; row < 2; row++) {
      gradient.add(row, new float[columns]);
    }
    Plan plan = Plan.of(Formula.of(Sgd.lr(1)));
    step(plan, member(plan, 3, columns, gradient));
    assertThat(backend.calls)
        .containsExactly(new Call(0, 0, Chunk.MAXIMUM), new Call(Chunk.MAXIMUM, Chunk.MAXIMUM, 2));
  }

  @Test
  void aTableLargerThanAWindowIsSeenThroughSeveral() {
    // windows of 7 elements hold 3 rows of 2: rows 0 to 2, 3 to 5, 6 and 7
    SparseRows gradient = SparseRows.empty(2, NumberType.FLOAT32);
    for (long row : new long[] {1, 2, 3, 4, 7, 0}) {
      gradient.add(row, 10 * row + 1, 10 * row + 2);
    }
    Plan plan = Plan.of(Formula.of(Sgd.lr(1)));
    Member member = member(plan, 8, 2, gradient);
    new TouchedRows(plan, plan.trips().getFirst(), member, gradient, backend, 7)
        .run(new float[] {1}, new double[0], 0, new Workspace());
    assertThat(backend.calls)
        .containsExactly(
            new Call(2, 0, 4), new Call(0, 4, 4), new Call(2, 8, 2), new Call(0, 10, 2));
    assertThat(member.value().toDoubles())
        .containsExactly(-1, -2, -11, -12, -21, -22, -31, -32, -41, -42, 0, 0, 0, 0, -71, -72);
    // a row wider than a window has one of its own
    backend.calls.clear();
    new TouchedRows(plan, plan.trips().getFirst(), member, gradient, backend, 1)
        .run(new float[] {1}, new double[0], 0, new Workspace());
    assertThat(backend.calls).hasSize(6).extracting(Call::from).containsOnly(0L);
  }
}
