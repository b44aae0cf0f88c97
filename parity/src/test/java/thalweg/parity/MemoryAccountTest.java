package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.account.MemoryAccount;
import thalweg.account.Part;
import thalweg.execute.Backends;
import thalweg.formula.Extent;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;

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
      try (Run run = Run.shaped(rule, Backends.REFERENCE, memory, Gradients.TAME, 1, shapes)) {
        Optimizer optimizer = run.steps(1, 2).optimizer();
        assertEqualToTheAccount(optimizer);
        assertThat(optimizer.account().lines(Part.PARAMETERS).getFirst().type())
            .isEqualTo(memory == Run.Memory.DOUBLES ? NumberType.FLOAT64 : NumberType.FLOAT32);
      }
    }
  }

  static List<Transformation> few() {
    return Cases.few();
  }

  @ParameterizedTest
  @MethodSource("few")
  void theAccountIsWhatIsHeldInShortTypes(Transformation rule) {
    for (NumberType states : List.of(NumberType.BFLOAT16, NumberType.FLOAT8)) {
      for (boolean masters : List.of(true, false)) {
        Storage storage = new Storage(states, masters, 0);
        for (List<Long> shape : List.of(List.of(1000L), List.of(70L, 33L), List.of(0L, 4L))) {
          Parameter parameter = bfloat16(shape);
          try (Optimizer optimizer =
              Optimizer.over(Parameters.of(parameter)).otherwise(rule).storage(storage).build()) {
            Run.step(optimizer);
            assertEqualToTheAccount(optimizer);
            assertThat(optimizer.masterBytes()).isEqualTo(masters ? 4 * parameter.length() : 0);
          } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cannot be kept in blocks of 8 bits");
            assertThat(states).isEqualTo(NumberType.FLOAT8);
          }
        }
      }
    }
  }

  private static Parameter bfloat16(List<Long> shape) {
    long length = Extent.ELEMENT.count(shape);
    Buffer value = Buffer.allocate(length, NumberType.BFLOAT16);
    return new ArrayParameter("p", shape, value, Buffer.allocate(length, NumberType.BFLOAT16));
  }

  private static void assertEqualToTheAccount(Optimizer optimizer) {
    MemoryAccount account = optimizer.account();
    String what = optimizer.backend() + " " + account.lines();
    assertThat(account.bytes(Part.MASTERS)).as(what).isEqualTo(optimizer.masterBytes());
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
    assertThat(account.optimizerBytes() - inTheHeap).as(what).isEqualTo(optimizer.allocatedBytes());
    assertThat(account.parameters())
        .isEqualTo(
            optimizer.groups().stream()
                .mapToLong(group -> Objects.requireNonNull(group).elements())
                .sum());
  }
}
