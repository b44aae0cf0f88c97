package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import thalweg.execute.Strip;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.plan.Pass;

/**
 * A stretch of elements with 8-bit buffers, whole blocks of 256 at a time, which the kernel decodes
 * and encodes itself ({@link Packing}); what is left over is staged.
 */
final class PackedStrip implements Strip {
  private final Kernel kernel;
  private final Layout layout;
  private final Staging staging;
  private final List<Buffer> buffers; // keeps the owners of the memory reachable
  private final MemorySegment[] memory;
  private final Strip rest;

  PackedStrip(KernelFactory.Compiled compiled, Pass pass, List<Buffer> buffers, Strip rest) {
    this.kernel = compiled.kernel();
    this.layout = compiled.layout();
    this.staging = Staging.of(layout, pass, buffers);
    this.buffers = buffers;
    this.memory =
        Stream.concat(
                buffers.stream().map(Buffer::segment),
                layout.packed().stream()
                    .map(b -> Objects.requireNonNull(buffers.get(b).scales()).segment()))
            .toArray(MemorySegment[]::new);
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
    try {
      for (int start = 0; start < whole; start += Layout.BLOCK) {
        int n = Math.min(Layout.BLOCK, whole - start);
        int begin = Math.toIntExact(from + start);
        staging.fetch(begin, 0, n, scratch, workspace);
        kernel.run(memory, scalars, scratch, begin, 0, n);
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
}
