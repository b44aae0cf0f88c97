package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.List;
import thalweg.execute.Reductions;
import thalweg.execute.Strip;
import thalweg.execute.Workspace;
import thalweg.formula.Reduction;
import thalweg.memory.Buffer;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * A stretch of elements done block by block: because it does not begin where its buffers do, its
 * pass reduces or was divided into parts, or because some of its buffers are not plain floats in
 * native memory.
 *
 * <p>Those are brought into scratch memory and back around each block ({@link Stage}): Java arrays,
 * because vector code that meets both heap and native segments loses its compiled form for good,
 * and shorter types, because all arithmetic is float32. The copies stay in the cache.
 */
final class BlockedStrip implements Strip {
  /**
   * Elements of a step where types are converted: memory is fetched ahead meanwhile. Not with
   * reductions, whose order is that of blocks.
   */
  private static final int SHORT_STEP = 256;

  private final Kernel kernel;
  private final Layout layout;
  private final boolean presetsLanes;
  private final boolean wholeCalls; // nothing is handed on in scratch memory, block by block
  private final Reduction[] reductions;
  private final List<Buffer> buffers; // keeps the owners of the memory reachable
  private final MemorySegment[] memory;
  private final Staging staging;
  private final int step;

  BlockedStrip(
      KernelFactory.Compiled compiled, Pass pass, List<Buffer> buffers, MemorySegment[] memory) {
    this.kernel = compiled.kernel();
    this.layout = compiled.layout();
    this.presetsLanes = !compiled.vectors();
    this.wholeCalls = layout.floats() == 0;
    this.reductions = pass.reductions().stream().map(Op.Reduce::kind).toArray(Reduction[]::new);
    this.buffers = buffers;
    this.memory = memory;
    this.staging = Staging.of(layout, pass, buffers);
    this.step = reductions.length == 0 && staging.converts() ? SHORT_STEP : Layout.BLOCK;
  }

  @Override
  public void run(
      long from,
      long fromAside,
      int count,
      float[] scalars,
      double[] partials,
      int at,
      Workspace workspace) {
    MemorySegment scratch = workspace.spill(layout.floats()).segment();
    if (wholeCalls) {
      try {
        kernel.run(
            memory, scalars, scratch, Math.toIntExact(from), Math.toIntExact(fromAside), count);
      } finally {
        Reference.reachabilityFence(buffers);
      }
      return;
    }
    for (int r = 0; r < reductions.length; r++) {
      partials[at + r] = reductions[r].identity();
    }
    try {
      for (int start = 0; start < count; start += step) {
        int n = Math.min(step, count - start);
        block(
            Math.toIntExact(from + start),
            Math.toIntExact(fromAside + start),
            n,
            scalars,
            scratch,
            workspace);
        for (int r = 0; r < reductions.length; r++) {
          fold(r, scratch, workspace.lanes(), partials, at + r);
        }
      }
    } finally {
      Reference.reachabilityFence(buffers);
      Reference.reachabilityFence(workspace);
    }
  }

  private void block(
      int start,
      int startAside,
      int n,
      float[] scalars,
      MemorySegment scratch,
      Workspace workspace) {
    staging.fetch(start, startAside, n, scratch, workspace);
    if (presetsLanes) {
      presetLanes(scratch);
    }
    kernel.run(memory, scalars, scratch, start, startAside, n);
    staging.put(start, startAside, n, scratch, workspace);
  }

  private void presetLanes(MemorySegment scratch) {
    for (int r = 0; r < reductions.length; r++) {
      float identity = (float) reductions[r].identity();
      for (int j = 0; j < Reductions.LANES; j++) {
        scratch.set(
            ValueLayout.JAVA_FLOAT_UNALIGNED, layout.lanes(r) + (long) j * Float.BYTES, identity);
      }
    }
  }

  private void fold(int r, MemorySegment scratch, float[] lanes, double[] partials, int at) {
    MemorySegment.copy(
        scratch, ValueLayout.JAVA_FLOAT_UNALIGNED, layout.lanes(r), lanes, 0, Reductions.LANES);
    partials[at] = reductions[r].combine(partials[at], Reductions.fold(reductions[r], lanes));
  }
}
