package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import thalweg.execute.Chunk;
import thalweg.execute.Strip;
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
    KernelFactory.Compiled compiled = KernelCache.get(factory, pass, staged(buffers));
    List<Buffer> slices = buffers.stream().map(b -> b.slice(from, count)).toList();
    MemorySegment[] segments = slices.stream().map(Buffer::segment).toArray(MemorySegment[]::new);
    if (!compiled.layout().blocked()) {
      return new WholeChunk(compiled.kernel(), slices, segments, count);
    }
    Strip strip = new BlockedStrip(compiled, pass, slices, segments);
    return (scalars, partials, at, workspace) ->
        strip.run(0, 0, count, scalars, partials, at, workspace);
  }

  Strip strip(Pass pass, List<Buffer> buffers) {
    MemorySegment[] segments = buffers.stream().map(Buffer::segment).toArray(MemorySegment[]::new);
    return new BlockedStrip(
        KernelCache.get(factory, pass, staged(buffers)), pass, List.copyOf(buffers), segments);
  }

  private static List<Integer> staged(List<Buffer> buffers) {
    return IntStream.range(0, buffers.size())
        .filter(b -> !buffers.get(b).isPlain())
        .boxed()
        .toList();
  }
}
