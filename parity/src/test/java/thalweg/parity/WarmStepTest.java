package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Transformation;
import thalweg.optimizer.Optimizer;

/** What a step costs once it is warm: no memory, no classes. Nothing here measures time. */
class WarmStepTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Longer than any JIT compiler needs, on a loaded machine as well; seconds. */
  private static final int PATIENCE = 60;

  private static final int STEPS = 200;

  static List<Transformation> few() {
    return Cases.few();
  }

  @ParameterizedTest
  @MethodSource("few")
  void aWarmStepAllocatesNothing(Transformation rule) {
    for (String backend : Run.backends()) {
      for (Run.Memory memory : List.of(Run.Memory.NATIVE, Run.Memory.ARRAYS)) {
        try (Run run = Run.of(rule, backend, memory, Gradients.TAME, 1, 40, 3, 0, 1030)) {
          run.steps(1, 2);
          Optimizer optimizer = run.optimizer();
          long bytes = 1;
          long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
          while (bytes > 0 && System.nanoTime() < end) { // vector code boxes until it is compiled
            bytes = allocated(optimizer);
          }
          assertThat(bytes)
              .as("bytes of %s steps of %s on %s in %s", STEPS, rule, backend, memory)
              .isZero();
        }
      }
    }
  }

  private static long allocated(Optimizer optimizer) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      Run.step(optimizer);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @MethodSource("few")
  void theSecondStepDefinesNoClass(Transformation rule) {
    for (String backend : Run.backends()) {
      // the JDK may load a class of its own once, so a fresh optimizer gets another chance
      long defined = 1;
      for (int chance = 0; chance < 3 && defined > 0; chance++) {
        try (Run run = Run.of(rule, backend, Gradients.TAME, 40, 3, 0, 1030 + chance)) {
          run.steps(1, 1);
          long before = classes();
          Run.step(run.optimizer());
          Run.step(run.optimizer());
          defined = classes() - before;
        }
      }
      assertThat(defined).as("classes defined by later steps on " + backend).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("few")
  void anotherOptimizerOfTheSameRuleDefinesNoClass(Transformation rule) {
    for (String backend : Run.backends()) {
      try (Run first = Run.of(rule, backend, Gradients.TAME, 40, 1030)) {
        first.steps(1, 2);
      }
      long defined = 1;
      for (int chance = 0; chance < 3 && defined > 0; chance++) {
        long before = classes();
        try (Run second = Run.of(rule, backend, Gradients.TAME, 7 + chance, 1030)) {
          second.steps(1, 2);
        }
        defined = classes() - before;
      }
      assertThat(defined).as("classes defined by a second one on " + backend).isZero();
    }
  }

  private static long classes() {
    return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
  }
}
