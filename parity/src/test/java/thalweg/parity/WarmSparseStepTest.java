package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import thalweg.memory.NumberType;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.RowsParameter;
import thalweg.rules.SparseAdam;

/** What a step over some rows costs once it is warm. Nothing here measures time. */
class WarmSparseStepTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int STEPS = 200;

  @Test
  void rowsThatComeAndGoAllocateNothing() {
    for (String backend : Run.backends()) {
      RowsParameter table = RowsParameter.allocate("table", NumberType.FLOAT32, 100, 16);
      try (Optimizer optimizer =
          Optimizer.over(Parameters.of(table))
              .otherwise(SparseAdam.lr(0.1))
              .backend(backend)
              .threads(1)
              .build()) {
        float[] gradient = new float[16];
        long bytes = 1;
        for (int round = 0; round < 5_000 && bytes > 0; round++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < step % 7 * 3; i++) {
              table.add((step * 31 + i * 17) % 100, gradient);
            }
            optimizer.step();
            optimizer.zeroGrad();
          }
          bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).as("bytes of %s warm steps on %s", STEPS, backend).isZero();
      }
    }
  }
}
