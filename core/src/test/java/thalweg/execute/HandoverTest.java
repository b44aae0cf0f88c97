package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.Region;
import thalweg.plan.Pass;
import thalweg.plan.Plan;
import thalweg.rules.Sgd;

@DisplayName("a plan that starts on one backend and goes over to another")
class HandoverTest {
  private static final int ENOUGH = Math.toIntExact(Warmup.WORK);
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final float LR = 0.5f;

  private final Watched first = new Watched("first", 1, 200);
  private final Watched then = new Watched("then", 2, 0);
  private final Buffer value = Buffer.allocate(ENOUGH, NumberType.FLOAT32);
  private final PlanEngine engine = engine(value);

  private PlanEngine engine(Buffer updated) {
    Plan plan = Plan.of(Formula.of(Sgd.lr(LR)));
    Member member =
        new Member(
            "p",
            List.of(updated.length()),
            updated,
            null,
            null,
            List.of(),
            new double[0],
            List.of(),
            1,
            new Region());
    Buffer gradient = Buffer.allocate(updated.length(), NumberType.FLOAT32);
    gradient.fill(1);
    member.rebind(updated, gradient, null);
    return new PlanEngine(
        plan,
        new Backends.Choice(then, first, ""),
        new Workers(1),
        List.of(member),
        new double[0],
        false,
        _ -> {});
  }

  private static double step(PlanEngine stepped, Buffer updated) {
    double before = updated.get(0);
    stepped.bind(false);
    stepped.step(new double[] {LR});
    return before - updated.get(0);
  }

  /** Steps until one of another size is made, or an error comes. */
  private double stepUntilAnotherSize() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    double size = LR;
    while (size == LR && System.nanoTime() < deadline) {
      size = step(engine, value);
    }
    return size;
  }

  @Test
  void startsOnTheFirstAndStaysOnTheOtherOnceThatIsWarm() {
    assertThat(step(engine, value)).isEqualTo(LR);
    assertThat(stepUntilAnotherSize()).isEqualTo(2 * LR);
    for (int i = 0; i < 10; i++) {
      assertThat(step(engine, value)).isEqualTo(2 * LR);
    }
  }

  @Test
  void isOnTheOtherFromTheStartWhereAnEqualPlanHasGoneOver() {
    step(engine, value);
    stepUntilAnotherSize();
    Buffer another = Buffer.allocate(3, NumberType.FLOAT32);
    assertThat(step(engine(another), another)).isEqualTo(2 * LR);
    assertThat(then.bound.get())
        .as("once warmed up, twice run")
        .isEqualTo(3 + value.length() / Chunk.MAXIMUM - 1);
  }

  @Test
  void warmsNothingUpForLittleWork() throws InterruptedException {
    Buffer little = Buffer.allocate(10, NumberType.FLOAT32);
    PlanEngine ofLittle = engine(little);
    for (int i = 0; i < 100; i++) {
      assertThat(step(ofLittle, little)).isEqualTo(LR);
    }
    Thread.sleep(50);
    assertThat(then.bound.get()).isZero();
  }

  @Test
  void staysOnTheFirstWhereTheOtherIsSlower() {
    then.nanos = 2_000; // a run
    first.nanos = 0;
    long end = System.nanoTime() + 500_000_000;
    while (System.nanoTime() < end) {
      assertThat(step(engine, value)).isEqualTo(LR);
    }
    assertThat(then.bound.get()).as("warmed up").isEqualTo(1);
    then.nanos = 0; // so that it does not go on trying
  }

  @Test
  void throwsWhatWentWrongBeforeAStepChangesAnything() {
    then.broken = true;
    assertThatThrownBy(this::stepUntilAnotherSize)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no kernel for it");
    double left = value.get(0);
    assertThatThrownBy(() -> step(engine, value)).hasMessage("no kernel for it");
    assertThat(value.get(0)).isEqualTo(left);
  }

  /** The block backend, which counts, takes its time or computes something else. */
  private static final class Watched implements Backend {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String name;
    private final float factor;
    private volatile long nanos;
    private final BlockBackend block = new BlockBackend();
    private final AtomicInteger bound = new AtomicInteger();
    private volatile boolean broken;

    Watched(String name, float factor, long nanos) {
      this.name = name + COUNT.incrementAndGet(); // what was warmed up in another test is not known
      this.factor = factor;
      this.nanos = nanos;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int preference() {
      return 0;
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Chunk bind(Pass pass, List<Buffer> buffers, long from, int count) {
      if (broken) {
        throw new IllegalStateException("no kernel for it");
      }
      bound.incrementAndGet();
      Chunk chunk = block.bind(pass, buffers, from, count);
      return (scalars, partials, at, workspace) -> {
        float[] changed = scalars.clone();
        for (int i = 0; i < changed.length; i++) {
          changed[i] *= factor;
        }
        long end = System.nanoTime() + nanos;
        chunk.run(changed, partials, at, workspace);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      };
    }

    @Override
    public Strip strip(Pass pass, List<Buffer> buffers) {
      return block.strip(pass, buffers);
    }
  }
}
