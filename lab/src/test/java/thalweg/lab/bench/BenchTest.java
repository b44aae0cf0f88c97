package thalweg.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;
import thalweg.text.Specs;

class BenchTest {
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
    Bench bench = new Bench(Specs.parse("adamw"), BenchSize.list("1K,1M"), 1, 1);
    bench.check((1L << 20) * 4 * 4 * 4);
    assertThatThrownBy(() -> bench.check((1L << 20) * 4 * 4 * 4 - 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("size 1M needs about 0.1 GB of memory, this machine has 0.1; ask for less");
  }

  @Test
  void turnsAreHeardAsManyAsWerePromised() {
    Bench bench = new Bench(Specs.parse("sgd"), BenchSize.list("16,32"), 1, 2);
    long[] heard = {0};
    BenchResult result = bench.run(turns -> heard[0] += turns);
    assertThat(heard[0]).isEqualTo(bench.turns()).isEqualTo(6);
    assertThat(result.bytesPerParameter()).isEqualTo(12);
    assertThat(List.copyOf(result.rows()).getFirst().ratio()).isEqualTo(1);
  }
}
