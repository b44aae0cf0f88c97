package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thalweg.execute.BlockBackend;
import thalweg.execute.Chunk;
import thalweg.execute.Workspace;
import thalweg.kernels.vector.Agreement.Place;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Pass;

@DisplayName("compiled code")
class WarmTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_RUNS = 200_000;
  private static final int QUIET_RUNS = 500;

  @ParameterizedTest
  @EnumSource(Place.class)
  void allocatesNothingForAdamW(Place place) {
    allocatesNothing(Passes.adamW(), 3000, place);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void allocatesNothingForReductions(Place place) {
    allocatesNothing(Passes.norms(), 3000, place);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void equalsTheBlockBackendAndAllocatesNothingForEveryOperation(Place place) {
    allocatesNothing(Passes.everything(), 3000, place);
  }

  @Test
  void equalsTheBlockBackendAndAllocatesNothingForAHugeFormula() {
    Pass pass = Passes.random(77, 2000, false, false, 2);
    assertThat(Split.of(pass, 1, KernelFactory.BUDGET).parts()).hasSizeGreaterThan(10);
    allocatesNothing(pass, 256, Place.NATIVE);
  }

  /** Runs until the JIT is done, and on; the results after all these runs equal the block's. */
  private static void allocatesNothing(Pass pass, int length, Place place) {
    List<float[]> start = Agreement.data(pass, length, true);
    List<Buffer> vectors = new ArrayList<>();
    List<Buffer> blocks = new ArrayList<>();
    for (int b = 0; b < start.size(); b++) {
      boolean heap = place == Place.HEAP || (place == Place.MIXED && b % 2 == 0);
      vectors.add(
          heap ? Buffer.of(new float[length]) : Buffer.allocate(length, NumberType.FLOAT32));
      blocks.add(Buffer.allocate(length, NumberType.FLOAT32));
    }
    float[] scalars = Agreement.scalars(pass);
    double[] partials = new double[pass.reductions().size()];
    Workspace workspace = new Workspace();
    Chunk chunk = Binding.preferred().bind(pass, vectors, 0, length);

    int quiet = 0;
    for (int run = 0; run < MOST_RUNS && quiet < QUIET_RUNS; run++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      chunk.run(scalars, partials, 0, workspace);
      quiet = THREADS.getCurrentThreadAllocatedBytes() == before ? quiet + 1 : 0;
    }
    assertThat(quiet).as("runs in a row that allocated nothing").isEqualTo(QUIET_RUNS);

    for (int b = 0; b < start.size(); b++) {
      vectors.get(b).write(0, start.get(b), length);
      blocks.get(b).write(0, start.get(b), length);
    }
    chunk.run(scalars, partials, 0, workspace);
    double[] expected = partials.clone();
    new BlockBackend().bind(pass, blocks, 0, length).run(scalars, expected, 0, new Workspace());
    assertThat(partials).isEqualTo(expected);
    for (int b = 0; b < start.size(); b++) {
      assertThat(vectors.get(b).toDoubles())
          .as("buffer %d", b)
          .isEqualTo(blocks.get(b).toDoubles());
    }
  }
}
