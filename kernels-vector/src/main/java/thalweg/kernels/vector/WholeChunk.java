package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import thalweg.execute.Chunk;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;

/** A chunk of native memory whose kernel needs no scratch: one call does it all. */
final class WholeChunk implements Chunk {
  private final Kernel kernel;
  private final List<Buffer> buffers; // keeps the owners of the memory reachable
  private final MemorySegment[] memory;
  private final int count;

  WholeChunk(Kernel kernel, List<Buffer> buffers, MemorySegment[] memory, int count) {
    this.kernel = kernel;
    this.buffers = buffers;
    this.memory = memory;
    this.count = count;
  }

  @Override
  public void run(float[] scalars, double[] partials, int at, Workspace workspace) {
    try {
      kernel.run(memory, scalars, workspace.spill(0).segment(), 0, 0, count);
    } finally {
      Reference.reachabilityFence(buffers);
    }
  }
}
