package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import thalweg.execute.Chunk;
import thalweg.execute.Strip;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
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
    List<Buffer> slices = buffers.stream().map(b -> b.slice(from, count)).toList();
    if (positions(slices, b -> !b.isPlain()).isEmpty()) {
      KernelFactory.Compiled compiled = KernelCache.get(factory, pass, List.of());
      if (!compiled.layout().blocked()) {
        return new WholeChunk(compiled.kernel(), slices, segments(slices), count);
      }
    }
    Strip strip = strip(pass, slices);
    return (scalars, partials, at, workspace) ->
        strip.run(0, 0, count, scalars, partials, at, workspace);
  }

  Strip strip(Pass pass, List<Buffer> buffers) {
    List<Integer> staged = positions(buffers, b -> !b.isPlain());
    Strip inParts =
        new BlockedStrip(KernelCache.get(factory, pass, staged), pass, buffers, segments(buffers));
    List<Integer> packed = positions(buffers, b -> b.type() == NumberType.FLOAT8);
    List<Integer> others = positions(buffers, b -> !b.isPlain() && b.type() != NumberType.FLOAT8);
    return KernelCache.packs(factory, pass, others, packed)
        ? new PackedStrip(KernelCache.get(factory, pass, others, packed), pass, buffers, inParts)
        : inParts;
  }

  private static MemorySegment[] segments(List<Buffer> buffers) {
    return buffers.stream().map(Buffer::segment).toArray(MemorySegment[]::new);
  }

  private static List<Integer> positions(List<Buffer> buffers, Predicate<Buffer> which) {
    return IntStream.range(0, buffers.size())
        .filter(b -> which.test(buffers.get(b)))
        .boxed()
        .toList();
  }
}
