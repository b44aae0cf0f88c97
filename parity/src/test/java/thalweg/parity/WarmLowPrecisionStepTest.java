package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.LossScaler;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.RowsParameter;
import thalweg.rules.Sgd;
import thalweg.rules.SparseAdam;
import thalweg.text.Specs;

/** What a warm step costs where numbers are not in float32: no memory. */
class WarmLowPrecisionStepTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Longer than any JIT compiler needs, on a loaded machine as well; seconds. */
  private static final int PATIENCE = 60;

  private static final int STEPS = 50;

  static Stream<Arguments> runs() {
    return Format.all().stream()
        .flatMap(format ->
            Stream.of(
                    "adamw(lr=0.01)",
                    "clip_by_global_norm(1) | sgd(lr=0.01, momentum=0.9)",
                    "nag(lr=0.01)")
                .map(rule -> Arguments.of(format, rule)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aWarmStepAllocatesNothing(Format format, String rule) {
    for (String backend : Run.backends()) {
      try (LowPrecisionRun run =
          LowPrecisionRun.of(Specs.parse(rule), backend, format, 40, 3, 0, 1030)) {
        run.steps(Gradients.TAME, 1, 3);
        Optimizer optimizer = run.optimizer();
        assertThat(untilNothing(() -> Run.step(optimizer)))
            .as("bytes of %d warm steps of %s, %s, on %s", STEPS, rule, format, backend)
            .isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void alsoWithALossScaleWhetherAnUpdateIsLeftOutOrNot(NumberType type) {
    for (float bad : new float[] {1, Float.NaN}) {
      for (String backend : Run.backends()) {
        var parameters =
            List.of(parameter("a", 1030, type), parameter("b", 3, type), parameter("c", 0, type));
        Objects.requireNonNull(parameters.get(1).gradient()).set(1, bad);
        try (Optimizer optimizer =
            Optimizer.over(Parameters.of(parameters))
                .otherwise(Sgd.lr(0.01).momentum(0.9))
                .backend(backend)
                .threads(1)
                .lossScaling(LossScaler.dynamic().growthInterval(10))
                .build()) {
          assertThat(untilNothing(optimizer::step))
              .as("bytes of %d warm steps on %s", STEPS, backend)
              .isZero();
        }
      }
    }
  }

  private static Parameter parameter(String name, int length, NumberType type) {
    return new ArrayParameter(
        name, List.of((long) length), Buffer.allocate(length, type), Buffer.allocate(length, type));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsThatComeAndGoAllocateNothing(boolean masters) {
    Format format = Format.of(NumberType.BFLOAT16, NumberType.BFLOAT16, masters);
    for (String backend : Run.backends()) {
      RowsParameter table = RowsParameter.allocate("table", NumberType.BFLOAT16, 100, 16);
      float[] gradient = new float[16];
      try (Optimizer optimizer =
          Optimizer.over(Parameters.of(table))
              .otherwise(SparseAdam.lr(0.1))
              .backend(backend)
              .threads(1)
              .storage(format.storage())
              .build()) {
        int[] step = {0};
        assertThat(
                untilNothing(() -> {
                  step[0]++;
                  for (int i = 0; i < step[0] % 7 * 3; i++) {
                    table.add((step[0] * 31 + i * 17) % 100, gradient);
                  }
                  optimizer.step();
                  optimizer.zeroGrad();
                }))
            .as("bytes of %d warm steps on %s", STEPS, backend)
            .isZero();
      }
    }
  }

  private static long untilNothing(Runnable step) {
    long bytes = 1;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (bytes > 0 && System.nanoTime() < end) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    return bytes;
  }
}
