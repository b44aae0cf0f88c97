package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import thalweg.execute.Workspace;

/** Floats that are shown in a shorter type as well. */
record MasterStage(MemorySegment floats, Stage shown) implements Stage {
  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    MemorySegment.copy(floats, from * Float.BYTES, scratch, at, (long) count * Float.BYTES);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    MemorySegment.copy(scratch, at, floats, from * Float.BYTES, (long) count * Float.BYTES);
    shown.put(from, count, scratch, at, workspace);
  }
}
