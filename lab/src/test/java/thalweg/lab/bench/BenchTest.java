package thalweg.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.lab.BadInput;
import thalweg.plan.Plan;
import thalweg.text.Specs;

class BenchTest {
  private static final List<BenchFormat> FULL = BenchFormat.list("fp32", "fp32");

  @Test
  void sizesAreReadInUnitsOf1024() {
    assertThat(BenchSize.list("64K, 1m,200x2K,7,3x4k*10*2"))
        .containsExactly(
            new BenchSize("64K", 1, List.of(65_536L)),
            new BenchSize("1m", 1, List.of(1_048_576L)),
            new BenchSize("200x2K", 200, List.of(2048L)),
            new BenchSize("7", 1, List.of(7L)),
            new BenchSize("3x4k*10*2", 3, List.of(4096L, 10L, 2L)));
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSaidBeforeItIsTaken() {
    // value, gradient and two states of four bytes, for four contestants
    Bench bench = new Bench(Specs.parse("adamw"), BenchSize.list("1K,1M"), FULL, 1, 1);
    bench.check((1L << 20) * 4 * 4 * 4);
    assertThatThrownBy(() -> bench.check((1L << 20) * 4 * 4 * 4 - 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("size 1M needs about 0.1 GB of memory, this machine has 0.1; ask for less");
  }

  @Test
  void turnsAreHeardAsManyAsWerePromised() {
    Bench bench = new Bench(Specs.parse("sgd"), BenchSize.list("16,32"), FULL, 1, 2);
    long[] heard = {0};
    BenchResult result = bench.run(turns -> heard[0] += turns);
    assertThat(heard[0]).isEqualTo(bench.turns()).isEqualTo(6);
    assertThat(result.bytesPerParameter()).isEqualTo(12);
    assertThat(List.copyOf(result.rows()).getFirst().ratio()).isEqualTo(1);
  }

  @Test
  void everyPrecisionIsTimedWithEveryTypeOfStates() {
    assertThat(FULL).containsExactly(BenchFormat.FULL);
    assertThat(BenchFormat.list("bf16, fp16-mixed", "8bit,fp32").stream().map(BenchFormat::text))
        .containsExactly(
            "", "bf16, states in 8 bits", "bf16", "fp16-mixed, states in 8 bits", "fp16-mixed");
  }

  @Test
  void trafficIsThatOfTheFormats() {
    Plan plan = Plan.of(Formula.of(Specs.parse("clip_by_global_norm(1) | sgd(momentum=0.9)")));
    // the norm reads the gradient; the step reads and writes value and momentum and reads it again
    assertThat(BenchFormat.FULL.bytes(plan)).isEqualTo(4 + 8 + 8 + 4);
    // bf16 alone: all but the momentum in 2 bytes
    assertThat(BenchFormat.list("bf16", "fp32").getLast().bytes(plan)).isEqualTo(2 + 4 + 8 + 2);
    // mixed: a master and what shows it
    assertThat(BenchFormat.list("fp16-mixed", "bf16").getLast().bytes(plan))
        .isEqualTo(2 + 8 + 2 + 4 + 2);
  }
}
