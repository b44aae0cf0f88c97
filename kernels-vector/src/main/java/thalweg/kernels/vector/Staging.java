package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.plan.Pass;

/** The staged buffers of a kernel: all of them brought in before a block, and taken back after. */
final class Staging {
  private final Layout layout;
  private final boolean[] aside;
  private final Stage[] stages; // at the positions of their buffers
  private final int[] read;
  private final int[] written;

  private Staging(Layout layout, boolean[] aside, Stage[] stages, int[] read, int[] written) {
    this.layout = layout;
    this.aside = aside;
    this.stages = stages;
    this.read = read;
    this.written = written;
  }

  static Staging of(Layout layout, Pass pass, List<Buffer> buffers) {
    List<Integer> staged = layout.staged();
    Stage[] stages = new Stage[buffers.size()];
    staged.forEach(buffer -> stages[buffer] = Stage.of(buffers.get(buffer)));
    boolean[] aside = new boolean[buffers.size()];
    pass.aside().forEach(buffer -> aside[buffer] = true);
    return new Staging(
        layout,
        aside,
        stages,
        staged.stream().mapToInt(b -> b).filter(pass::reads).toArray(),
        staged.stream().mapToInt(b -> b).filter(pass::writes).toArray());
  }

  /** Whether any buffer is of another type than the kernel's. */
  boolean converts() {
    return Arrays.stream(stages).anyMatch(stage -> stage != null && !(stage instanceof PlainStage));
  }

  void fetch(long from, long fromAside, int count, MemorySegment scratch, Workspace workspace) {
    for (int b : read) {
      stages[b].fetch(aside[b] ? fromAside : from, count, scratch, layout.stage(b), workspace);
    }
  }

  void put(long from, long fromAside, int count, MemorySegment scratch, Workspace workspace) {
    for (int b : written) {
      stages[b].put(aside[b] ? fromAside : from, count, scratch, layout.stage(b), workspace);
    }
  }
}
