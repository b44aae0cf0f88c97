package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.BFloat16;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Group;
import thalweg.optimizer.Parameter;
import thalweg.plan.Plan;
import thalweg.text.Specs;

/** What holds for every rule whatever its parameters and states are kept in. */
class LowPrecisionContractTest {
  /** About every edge there is: of vectors, of blocks of 8-bit states, of blocks of a backend. */
  private static final int[] LENGTHS = {0, 1, 7, 15, 16, 17, 255, 256, 257, 1025};

  private static final int[] MORE = {1023, 1024, 1025, 4099, 70_000};

  private static final List<List<Long>> SHAPES =
      List.of(
          List.of(4L, 3L),
          List.of(5L, 1L),
          List.of(1L, 5L),
          List.of(),
          List.of(7L),
          List.of(3L, 0L),
          List.of(2L, 3L, 4L),
          List.of(130L, 7L),
          List.of(3L, 1030L));

  /** Spikes, whispers, zeros (9); then not a number and infinite here and there. */
  private static final int[] STEPS = {1, 4, 5, 9, 10, 11};

  static List<Transformation> few() {
    return Cases.few();
  }

  static List<Format> formats() {
    return Format.all();
  }

  /** Each type of parameters and of states at least once. */
  static List<Format> differing() {
    return List.of(
        Format.of(NumberType.FLOAT32, NumberType.FLOAT8, true),
        Format.of(NumberType.BFLOAT16, NumberType.BFLOAT16, false),
        Format.of(NumberType.BFLOAT16, NumberType.FLOAT8, true),
        Format.of(NumberType.FLOAT16, NumberType.BFLOAT16, true));
  }

  /** Those whose arithmetic depends on the shape, and one whose does not. */
  static List<Transformation> shaped() {
    return Stream.concat(
            MatrixContractTest.shaped().stream(), Stream.of(Specs.parse("adam(lr=0.01)")))
        .toList();
  }

  /** One of each kind: with one state and with several, of both signs, with reductions. */
  private static List<Transformation> some() {
    return List.of(
        Specs.parse("adam(lr=0.01, amsgrad=true)"),
        Specs.parse("adamw(lr=0.01)"),
        Specs.parse("sgd(lr=0.01, momentum=0.9, nesterov=true)"),
        Specs.parse("clip_by_global_norm(1) | lion(lr=0.01)"),
        Specs.parse("nag(lr=0.01)"));
  }

  /** Whether a rule keeps an element's state in strips, which may end within a block. */
  private static boolean cutsBlocks(Transformation rule) {
    Plan plan = Plan.of(Formula.of(rule));
    List<State> states = plan.formula().states();
    return plan.trips().stream()
        .filter(trip -> trip.pass().strips())
        .flatMap(trip -> trip.buffers().stream())
        .anyMatch(source ->
            source instanceof Plan.Source.Remembered(int index)
                && states.get(index).extent() == Extent.ELEMENT
                && states.get(index).terms() == 0);
  }

  @Test
  void thereIsEveryFormatButFloat32Alone() {
    assertThat(formats()).hasSize(11).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("few")
  void everyBackendAgreesWithBlockInEveryBit(Transformation rule) {
    for (Format format : Format.all()) {
      if (!format.hasBlocks() || !cutsBlocks(rule)) {
        agree(rule, format, STEPS, LENGTHS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void everyBackendAgreesWithBlockOnOtherShapes(Transformation rule) {
    for (Format format : differing()) {
      if (!format.hasBlocks() || !cutsBlocks(rule)) {
        agree(rule, format, Gradients.TAME, STEPS, SHAPES);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyBackendAgreesWithBlockOverSeveralChunks(Format format) {
    for (Transformation rule : some()) {
      agree(rule, format, new int[] {1, 5, 9}, MORE);
    }
  }

  private static void agree(Transformation rule, Format format, int[] steps, int... lengths) {
    agree(rule, format, Gradients.WILD, steps, vectors(lengths));
  }

  private static List<List<Long>> vectors(int... lengths) {
    return Arrays.stream(lengths).mapToObj(length -> List.of((long) length)).toList();
  }

  private static void agree(
      Transformation rule,
      Format format,
      Gradients gradients,
      int[] steps,
      List<List<Long>> shapes) {
    Map<String, double[]> expected;
    try (LowPrecisionRun block = new LowPrecisionRun(rule, "block", format, 1, shapes)) {
      expected = block.steps(gradients, steps).everything();
    }
    for (String backend : Run.backends()) {
      if (!backend.equals("block")) {
        try (LowPrecisionRun other = new LowPrecisionRun(rule, backend, format, 1, shapes)) {
          Run.assertSameBits(
              "%s, %s, %s:".formatted(backend, format, rule),
              other.steps(gradients, steps).everything(),
              expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differing")
  void theNumberOfThreadsDoesNotMatter(Format format) {
    int[] lengths = new int[40];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i == 20 ? 200_003 : i % 10 == 4 ? 0 : (i * 37) % 2000;
    }
    for (Transformation rule : some().subList(2, 4)) {
      for (String backend : Run.backends()) {
        Map<String, double[]> expected = null;
        for (int threads : new int[] {1, 3}) {
          try (LowPrecisionRun run =
              new LowPrecisionRun(rule, backend, format, threads, vectors(lengths))) {
            Map<String, double[]> all = run.steps(Gradients.TAME, 1, 3).everything();
            expected = expected == null ? all : expected;
            Run.assertSameBits(
                "%s with %d threads, %s:".formatted(backend, threads, format), all, expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("few")
  void savedAtAStepItGoesOnAsIfNothingHadHappened(Transformation rule) {
    for (Format format : differing().subList(1, 3)) {
      if (format.hasBlocks() && cutsBlocks(rule)) {
        continue;
      }
      try (LowPrecisionRun straight = LowPrecisionRun.of(rule, "vector", format, 33, 0, 300);
          LowPrecisionRun first = LowPrecisionRun.of(rule, "block", format, 33, 0, 300);
          LowPrecisionRun second = LowPrecisionRun.of(rule, "vector", format, 33, 0, 300)) {
        Map<String, double[]> expected = straight.steps(Gradients.TAME, 1, 2, 3, 5, 6).everything();
        first.steps(Gradients.TAME, 1, 2, 3);
        second.resume(first);
        Run.assertSameBits(
            format + ", " + rule, second.steps(Gradients.TAME, 5, 6).everything(), expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void itTakesTheBytesThatAreComputed(Format format) {
    int[] lengths = {0, 1, 255, 256, 257, 4099};
    for (Transformation rule : some()) {
      try (LowPrecisionRun run = LowPrecisionRun.of(rule, "block", format, lengths)) {
        Group group = run.optimizer().group("default");
        long states = 0;
        long masters = 0;
        for (int length : lengths) {
          for (State state : group.formula().states()) {
            assertThat(state.extent()).isEqualTo(Extent.ELEMENT);
            states += format.storage().states().bytesFor(length);
          }
          boolean mastered = format.parameters().isLow() && format.storage().masters();
          masters += mastered ? 4L * length : 0;
        }
        assertThat(group.stateBytes()).isEqualTo(states);
        assertThat(run.optimizer().stateBytes()).isEqualTo(states);
        assertThat(group.masterBytes()).isEqualTo(masters);
        for (Parameter parameter : run.parameters()) {
          assertThat(parameter.value().bytes())
              .isEqualTo(format.parameters().bytesFor(parameter.length()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void gradientsOfNothingButZerosLeaveFreshStatesZero(Format format) {
    for (String backend : Run.backends()) {
      try (LowPrecisionRun run =
          LowPrecisionRun.of(Specs.parse("adam(lr=0.1)"), backend, format, 300, 5)) {
        Map<String, double[]> before = run.everything();
        for (int step = 0; step < 3; step++) {
          Run.step(run.optimizer());
        }
        Run.assertSameBits(backend + " " + format, run.everything(), before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void parametersAreTheirMastersRounded(Format format) {
    if (!format.parameters().isLow() || !format.storage().masters()) {
      return; // there are none
    }
    for (String backend : Run.backends()) {
      for (Transformation rule : some()) {
        try (LowPrecisionRun run = LowPrecisionRun.of(rule, backend, format, 17, 1025)) {
          Map<String, double[]> all = run.steps(Gradients.TAME, 1, 3, 4).everything();
          for (Parameter parameter : run.parameters()) {
            double[] master =
                Objects.requireNonNull(all.get("default/master/value/" + parameter.name()));
            Buffer rounded = Buffer.allocate(master.length, format.parameters());
            rounded.setAll(master);
            Run.assertSameBits(
                backend + " " + rule, parameter.value().toDoubles(), rounded.toDoubles());
          }
        }
      }
    }
  }

  @Test
  void withMastersIn16BitsTheStepsAreThoseOfFloat32OnTheSameGradients() {
    // the gradients are exact in bfloat16: masters, from the same start, walk float32's path
    for (Transformation rule : some()) {
      Format mastered =
          Format.all().stream()
              .filter(f ->
                  f.parameters() == NumberType.BFLOAT16
                      && f.storage().masters()
                      && !f.storage().states().isLow())
              .findFirst()
              .orElseThrow();
      Format full = new Format(NumberType.FLOAT32, NumberType.FLOAT32, mastered.storage());
      try (LowPrecisionRun one = LowPrecisionRun.of(rule, "vector", mastered, 1000);
          LowPrecisionRun other = LowPrecisionRun.of(rule, "vector", full, 1000)) {
        other.parameters().getFirst().value().copyFrom(one.parameters().getFirst().value());
        float[] gradient = new float[1000];
        for (int step = 1; step <= 4; step++) {
          Gradients.TAME.fill(gradient, 1, step);
          for (LowPrecisionRun run : List.of(one, other)) {
            Buffer into = Objects.requireNonNull(run.parameters().getFirst().gradient());
            for (int i = 0; i < 1000; i++) {
              into.set(i, BFloat16.toFloat(BFloat16.nearest(gradient[i])));
            }
            Run.step(run.optimizer());
          }
        }
        Run.assertSameBits(
            rule.toString(),
            Objects.requireNonNull(one.everything().get("default/master/value/p0")),
            other.parameters().getFirst().value().toDoubles());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "centralize() | adam(lr=0.01)",
        "clip_by_global_norm(1) | centralize() | sgd(lr=0.01, momentum=0.9)",
        "adaptive_gradient_clip(0.1, units=ROWS) | adamw(lr=0.01)",
      })
  void aRuleThatGoesRowByRowIsRefusedWithBlocks(String rule) {
    assertThat(cutsBlocks(Specs.parse(rule))).isTrue();
    assertThatThrownBy(() -> LowPrecisionRun.of(Specs.parse(rule), "block", blocks(), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "state '[a-z]+/[a-z_]+' cannot be kept in blocks of 8 bits, as its rule goes row by"
                + " row; keep states in BFLOAT16 or FLOAT32");
  }

  @Test
  void everyOptimizerOfTheCatalogueTakesBlocks() {
    for (Transformation rule : Cases.all()) {
      assertThat(cutsBlocks(rule)).as(rule.toString()).isFalse();
      LowPrecisionRun.of(rule, "block", blocks(), 5).close();
    }
  }

  private static Format blocks() {
    return Format.of(NumberType.FLOAT32, NumberType.FLOAT8, true);
  }
}
