package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import thalweg.execute.Chunk;
import thalweg.memory.Buffer;
import thalweg.plan.Pass;

/** Brings passes and buffers together for one way of compiling. */
record Binding(KernelFactory factory) {
  private static final Binding PREFERRED =
      new Binding(KernelFactory.of(FloatVector.SPECIES_PREFERRED));

  /** With the vectors this machine does best. */
  static Binding preferred() {
    return PREFERRED;
  }

  Chunk bind(Pass pass, List<Buffer> buffers, long from, int count) {
    List<Integer> staged =
        IntStream.range(0, buffers.size()).filter(b -> !buffers.get(b).isNative()).boxed().toList();
    KernelFactory.Compiled compiled = KernelCache.get(factory, pass, staged);
    List<Buffer> slices = buffers.stream().map(b -> b.slice(from, count)).toList();
    MemorySegment[] segments = slices.stream().map(Buffer::segment).toArray(MemorySegment[]::new);
    return compiled.layout().blocked()
        ? new BlockedChunk(compiled, pass, slices, segments, count)
        : new WholeChunk(compiled.kernel(), slices, segments, count);
  }
}
