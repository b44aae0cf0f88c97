package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import thalweg.execute.Strip;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.plan.Pass;

/**
 * A stretch of elements with 8-bit buffers, whole blocks of 256 at a time, by the two kernels of
 * {@link Packing}; what is left over is staged.
 */
final class PackedStrip implements Strip {
  private static final int BLOCKS = Layout.BLOCK / Float8.BLOCK;

  private final Kernel measure;
  private final Kernel update;
  private final Layout layout;
  private final Staging staging;
  private final List<Buffer> buffers; // keeps the owners of the memory reachable
  private final MemorySegment[] memory;
  private final MemorySegment[] codes; // of the packed buffers, in order
  private final MemorySegment[] scales;
  private final boolean[] written;
  private final int scalarsOfPass;
  private final Strip rest;

  PackedStrip(
      Kernel measure, KernelFactory.Compiled update, Pass pass, List<Buffer> buffers, Strip rest) {
    this.measure = measure;
    this.update = update.kernel();
    this.layout = update.layout();
    this.staging = Staging.of(layout, pass, buffers);
    this.buffers = buffers;
    this.memory = buffers.stream().map(Buffer::segment).toArray(MemorySegment[]::new);
    this.codes = layout.packed().stream().map(b -> memory[b]).toArray(MemorySegment[]::new);
    this.scales =
        layout.packed().stream()
            .map(b -> Objects.requireNonNull(buffers.get(b).scales()).segment())
            .toArray(MemorySegment[]::new);
    this.written = new boolean[codes.length];
    for (int i = 0; i < written.length; i++) {
      written[i] = pass.writes(layout.packed().get(i));
    }
    this.scalarsOfPass = pass.scalars();
    this.rest = rest;
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
    int whole = count & -Float8.BLOCK;
    MemorySegment scratch = workspace.spill(layout.floats()).segment();
    float[] own = workspace.scalars(scalarsOfPass + BLOCKS * codes.length * Packing.SCALARS);
    System.arraycopy(scalars, 0, own, 0, scalarsOfPass);
    try {
      for (int start = 0; start < whole; start += Layout.BLOCK) {
        int n = Math.min(Layout.BLOCK, whole - start);
        int begin = Math.toIntExact(from + start);
        staging.fetch(begin, 0, n, scratch, workspace);
        blocks(begin, n, own, scratch);
        staging.put(begin, 0, n, scratch, workspace);
      }
    } finally {
      Reference.reachabilityFence(buffers);
      Reference.reachabilityFence(workspace);
    }
    if (whole < count) {
      rest.run(from + whole, fromAside + whole, count - whole, scalars, partials, at, workspace);
    }
  }

  private void blocks(int from, int count, float[] own, MemorySegment scratch) {
    int blocks = count / Float8.BLOCK;
    for (int i = 0; i < codes.length; i++) {
      for (int b = 0; b < blocks; b++) {
        Packing.reading(scale(i, from, b), own, scalarsOf(i, b));
      }
    }
    measure.run(memory, own, scratch, from, 0, count);
    boolean empty = false;
    for (int i = 0; i < codes.length; i++) {
      if (written[i]) {
        Float8Stage.settle(scratch, layout.marks(layout.packed().get(i)), scales[i], from, blocks);
        for (int b = 0; b < blocks; b++) {
          float scale = scale(i, from, b);
          Packing.writing(scale, own, scalarsOf(i, b));
          empty |= Float8.inverse(scale) == 0;
        }
      }
    }
    update.run(memory, own, scratch, from, 0, count);
    for (int i = 0; empty && i < codes.length; i++) {
      if (written[i]) {
        Float8Stage.clear(codes[i], scales[i], from, blocks);
      }
    }
  }

  private float scale(int packed, int from, int block) {
    return Float8Stage.scaleOf(scales[packed], from + (long) block * Float8.BLOCK);
  }

  private int scalarsOf(int packed, int block) {
    return scalarsOfPass + (block * codes.length + packed) * Packing.SCALARS;
  }
}
