package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Pass;

class KernelCacheTest {
  @Test
  void equalPassesShareOneClassAndTheSecondBindDefinesNone() {
    run(Passes.random(4711, 30, false, false, 1), 1000);
    int kernels = KernelCache.size();
    run(Passes.random(4711, 30, false, false, 1), 1000);
    long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();

    run(Passes.random(4711, 30, false, false, 1), 2000);

    assertThat(KernelCache.size()).isEqualTo(kernels);
    assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount())
        .isEqualTo(classes);
  }

  @Test
  void anotherPassIsAnotherClass() {
    run(Passes.random(4711, 30, false, false, 1), 1000);
    int kernels = KernelCache.size();

    run(Passes.random(4712, 30, false, false, 1), 1000);

    assertThat(KernelCache.size()).isEqualTo(kernels + 1);
  }

  private static void run(Pass pass, int length) {
    List<Buffer> buffers =
        Stream.generate(() -> Buffer.allocate(length, NumberType.FLOAT32))
            .limit(pass.buffers())
            .toList();
    Binding.preferred()
        .bind(pass, buffers, 0, length)
        .run(new float[pass.scalars()], new double[1], 0, new Workspace());
  }
}
