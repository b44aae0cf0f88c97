package thalweg.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.formula.Formula;
import thalweg.memory.NumberType;
import thalweg.text.Specs;

class MemoryAccountTest {
  private static final long BILLIONS_7_5 = 7_500_000_000L;

  private static Precision precision(String name) {
    return Precision.all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static MemoryAccount account(String spec, Precision precision, Zero zero, Long... shape) {
    Formula formula = Formula.of(Specs.parseOptimizer(spec));
    return MemoryAccount.of(formula, List.of(List.of(shape)), precision, zero);
  }

  private static MemoryAccount account(String spec, String precision, Long... shape) {
    return account(spec, precision(precision), Zero.NONE, shape);
  }

  @Test
  void adamInMixedPrecisionTakes16BytesAParameter() {
    // Rajbhandari et al. 2020, section 3.1: 2 + 2 for parameters and gradients in 16 bits, and 12
    // for the copy of the parameters, the momentum and the variance in 32 bits
    for (String precision : List.of("bf16-mixed", "fp16-mixed")) {
      MemoryAccount adam = account("adam", precision, 1000L);
      assertThat(adam.lines())
          .extracting(MemoryAccount.Line::name, MemoryAccount.Line::bytes)
          .containsExactly(
              tuple("parameters", 2000L),
              tuple("gradients", 2000L),
              tuple("master copies", 4000L),
              tuple("adam/exp_avg", 4000L),
              tuple("adam/exp_avg_sq", 4000L));
      assertThat(adam.bytes()).isEqualTo(16_000);
      assertThat(adam.optimizerBytes()).isEqualTo(12_000);
    }
  }

  @Test
  void sgdHoldsNothing() {
    assertThat(account("sgd", "fp32", 1000L).optimizerBytes()).isZero();
    assertThat(account("sgd", "fp32", 1000L).bytes()).isEqualTo(8_000);
    assertThat(account("sgd", "bf16", 1000L).bytes()).isEqualTo(4_000);
    assertThat(account("sgd(momentum=0.9)", "fp32", 1000L).optimizerBytes()).isEqualTo(4_000);
  }

  @ParameterizedTest
  @CsvSource({
    // Rajbhandari et al. 2020, Figure 1: 7.5 billion parameters, 64 ranks, mixed-precision Adam
    "0, 120_000_000_000", // (2 + 2 + 12) * 7.5e9: 120 GB
    "1, 31_406_250_000", // 4 * 7.5e9 + 12 * 7.5e9 / 64: 31.4 GB
    "2, 16_640_625_000", // 2 * 7.5e9 + 14 * 7.5e9 / 64: 16.6 GB
    "3, 1_875_000_000", // 16 * 7.5e9 / 64: 1.9 GB
  })
  void zeroDividesAsInThePapersFigure(int stage, String bytes) {
    MemoryAccount account =
        account("adam", precision("bf16-mixed"), new Zero(stage, 64), BILLIONS_7_5);
    assertThat(account.bytesOfRank()).isEqualTo(Long.parseLong(bytes.replace("_", "")));
    assertThat(account.bytes()).isEqualTo(120_000_000_000L);
  }

  @Test
  void aRankHasAPartRoundedUpOfEveryTensor() {
    Formula adam = Formula.of(Specs.parse("adam"));
    MemoryAccount account =
        MemoryAccount.of(
            adam, List.of(List.of(10L), List.of(3L, 3L)), precision("fp32"), new Zero(3, 4));
    // of 10 numbers 3, of 9 numbers 3, each of 4 bytes
    assertThat(account.lines()).allMatch(line -> line.bytesOfRank() == (3 + 3) * 4);
    assertThat(account.lines()).allMatch(line -> line.bytes() == 19 * 4);
  }

  @Test
  void factoredMomentsAreCountedByRowsAndColumns() {
    MemoryAccount matrix = account("adafactor", "fp32", 300L, 200L);
    MemoryAccount vector = account("adafactor", "fp32", 300L);
    assertThat(matrix.bytes(Part.STATE)).isLessThan(4 * 300 * 200 / 50);
    assertThat(vector.bytes(Part.STATE)).isGreaterThanOrEqualTo(4 * 300);
  }

  @Test
  void aTableHasAllTermsAndTheOneInWork() {
    // y of 100 terms and their mean; the update sees a copy of one
    MemoryAccount saga = account("saga(terms=100)", "fp32", 10L);
    assertThat(saga.bytes(Part.STATE)).isEqualTo((100 + 1) * 10 * 4);
    assertThat(saga.bytes(Part.WORKING)).isEqualTo(10 * 4);
  }

  @Test
  void aLookAheadKeepsTheWayBackAndFurtherGradientsAreKept() {
    MemoryAccount nag = account("nag", "fp32", 10L);
    assertThat(nag.lines(Part.WORKING))
        .extracting(MemoryAccount.Line::name, MemoryAccount.Line::bytes)
        .containsExactly(tuple("way back to the parameters", 40L));
    assertThat(account("svrg(inner=10)", "fp32", 10L).lines(Part.WORKING)).hasSize(3);
  }

  @Test
  void noiseIsOneNumberAnElement() {
    assertThat(account("add_noise | sgd", "fp32", 10L).bytes(Part.WORKING)).isEqualTo(40);
  }

  @Test
  void shortStatesHaveScalesAndWholeBlocks() {
    Precision eight = precision("fp32").states(NumberType.FLOAT8);
    // 1000 elements are 4 blocks of 256 bytes and 4 scales
    assertThat(account("sgd(momentum=0.9)", eight, Zero.NONE, 1000L).bytes(Part.STATE))
        .isEqualTo(4 * 256 + 4 * 4);
    Precision half = precision("fp32").states(NumberType.BFLOAT16);
    assertThat(account("adam", half, Zero.NONE, 1000L).bytes(Part.STATE)).isEqualTo(2 * 2 * 1000);
  }

  @Test
  void whatThereIsLessOfThanElementsStaysInFloat32() {
    Precision eight = precision("fp32").states(NumberType.FLOAT8);
    assertThat(account("adafactor", eight, Zero.NONE, 300L, 200L).bytes(Part.STATE))
        .isEqualTo(account("adafactor", "fp32", 300L, 200L).bytes(Part.STATE));
  }

  @Test
  void theSumOfTwoAccountsJoinsLinesOfOneName() {
    MemoryAccount both =
        account("adam", "fp32", 10L).plus(account("sgd(momentum=0.9)", "fp32", 5L));
    assertThat(both.parameters()).isEqualTo(15);
    assertThat(both.bytes()).isEqualTo(10 * 16 + 5 * 12);
    assertThat(both.lines())
        .extracting(MemoryAccount.Line::name)
        .containsExactly(
            "parameters", "gradients", "adam/exp_avg", "adam/exp_avg_sq", "sgd/momentum_buffer");
  }

  @Test
  void billionsAreCountedAndMoreThanThereCanBeIsRefused() {
    assertThat(account("adafactor", "fp32", BILLIONS_7_5).parameters()).isEqualTo(BILLIONS_7_5);
    assertThatThrownBy(() -> account("adam", "fp32", Long.MAX_VALUE / 2))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> account("adam", "fp32", 1L << 40, 1L << 40))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void stagesAndRanksAreChecked() {
    assertThatThrownBy(() -> new Zero(4, 8)).hasMessage("Zero.stage must be in 0..3, got 4");
    assertThatThrownBy(() -> new Zero(1, 0)).hasMessage("Zero.ranks must be at least 1, got 0");
  }
}
