package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.account.MemoryAccount;
import thalweg.account.Part;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.memory.NumberType;
import thalweg.optimizer.Optimizer;

/** What is computed from the formulas is what is held, for every rule there is. */
class MemoryAccountTest {
  /** Scalars, vectors, matrices of one band and of several, stacks, and tensors of nothing. */
  private static final List<List<Long>> SHAPES =
      List.of(
          List.of(),
          List.of(0L),
          List.of(17L),
          List.of(3L, 5L),
          List.of(700L, 33L),
          List.of(2L, 300L, 300L),
          List.of(3L, 3L, 5L, 7L),
          List.of(4L, 0L),
          List.of(3L, 5L));

  static List<Transformation> cases() {
    return Cases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAccountIsWhatAFloat32BackendHolds(Transformation rule) {
    for (String backend : Run.backends()) {
      try (Run run = Run.shaped(rule, backend, Gradients.TAME, SHAPES)) {
        assertEqualToTheAccount(run.steps(1, 2).optimizer());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAccountIsWhatTheReferenceHolds(Transformation rule) {
    List<List<Long>> shapes = List.of(List.of(17L), List.of(3L, 5L), List.of(0L, 4L));
    for (Run.Memory memory : List.of(Run.Memory.DOUBLES, Run.Memory.NATIVE)) {
      try (Run run =
          Run.shaped(rule, Backends.REFERENCE, memory, Gradients.TAME, 1, shapes)) {
        Optimizer optimizer = run.steps(1, 2).optimizer();
        assertEqualToTheAccount(optimizer);
        assertThat(optimizer.account().lines(Part.PARAMETERS).getFirst().type())
            .isEqualTo(memory == Run.Memory.DOUBLES ? NumberType.FLOAT64 : NumberType.FLOAT32);
      }
    }
  }

  private static void assertEqualToTheAccount(Optimizer optimizer) {
    MemoryAccount account = optimizer.account();
    String what = optimizer.backend() + " " + account.lines();
    assertThat(account.bytes(Part.STATE)).as(what).isEqualTo(optimizer.stateBytes());
    assertThat(account.bytes(Part.WORKING)).as(what).isEqualTo(optimizer.workingBytes());
    long inTheHeap =
        optimizer.groups().stream()
            .flatMap(group ->
                group.formula().numbers().stream()
                    .map(number ->
                        account.lines(Part.STATE).stream()
                            .filter(line -> line.name().equals(number.key()))
                            .findFirst()
                            .orElseThrow()))
            .mapToLong(MemoryAccount.Line::bytes)
            .sum();
    assertThat(account.optimizerBytes() - inTheHeap)
        .as(what)
        .isEqualTo(optimizer.allocatedBytes());
    assertThat(account.parameters())
        .isEqualTo(
            optimizer.groups().stream()
                .mapToLong(group -> Objects.requireNonNull(group).elements())
                .sum());
  }
}
